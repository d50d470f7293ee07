package dev.ristretto.imagetests.programs;

/** A program that {@link Main} can start by name. */
@FunctionalInterface
interface Program {

    /**
     * Does what a main method would do.
     *
     * @param args the arguments after the program's name
     * @throws Exception whatever the program dies of; {@link Main} does not catch it
     */
    void run(String[] args) throws Exception;
}
