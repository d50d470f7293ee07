package dev.ristretto.imager;

/** What the compiler aims at. */
public enum Optimization {
    /** Short builds. */
    QUICK("b"),
    /** Small images. */
    SMALL("s"),
    /** The builder's default. */
    BALANCED("2"),
    /** Fast images. */
    FAST("3");

    private final String level;

    Optimization(String level) {
        this.level = level;
    }

    /** The value of the builder's {@code -H:Optimize}. */
    public String level() {
        return level;
    }
}
