package dev.ristretto.imager.builder;

/** Hears what the builder prints, on a thread of its own. */
public interface BuilderOutput {
    /** A whole line, without its line break. */
    void line(String line);

    /** The begin of a line that is not finished yet: the builder prints a stage's name before it works on it. */
    default void begun(String begin) {
    }
}
