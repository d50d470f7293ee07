package dev.ristretto.network.stack;

/** Says something to the person in front of the console. */
@FunctionalInterface
public interface Notices {
    /** Takes one line, without a newline. Called under the stack's lock: must not call back into the stack. */
    void notice(String line);
}
