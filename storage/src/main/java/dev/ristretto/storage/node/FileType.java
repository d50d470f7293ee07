package dev.ristretto.storage.node;

/** The kinds of file, with the bits that {@code st_mode} of {@code stat(2)} has for them. */
public enum FileType {
    REGULAR(0100000),
    DIRECTORY(0040000),
    SYMBOLIC_LINK(0120000),
    CHARACTER_DEVICE(0020000),
    BLOCK_DEVICE(0060000),
    PIPE(0010000),
    SOCKET(0140000);

    private final int modeBits;

    FileType(int modeBits) {
        this.modeBits = modeBits;
    }

    /** Returns the {@code S_IFMT} part of the mode. */
    public int modeBits() {
        return modeBits;
    }
}
