package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Statistics;

/** The file system that a {@link SealedTree} becomes. Full by definition: no block and no node is free. */
final class SealedFileSystem implements FileSystem {
    static final int BLOCK_SIZE = 4096;

    private final long epochNanos;
    private final String type;
    private final SealedDirectory root;
    private long lastNumber;
    private long blocks;

    SealedFileSystem(String type, long epochNanos) {
        this.type = type;
        this.epochNanos = epochNanos;
        this.root = new SealedDirectory(next(0), null);
    }

    @Override
    public SealedDirectory root() {
        return root;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(BLOCK_SIZE, blocks, 0, lastNumber, 0, Names.MAXIMUM);
    }

    /** Counts a node in. */
    SealedNode.Identity next(long size) {
        blocks += (size + BLOCK_SIZE - 1) / BLOCK_SIZE;
        return new SealedNode.Identity(this, ++lastNumber, epochNanos);
    }
}
