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

    private static final int FORMAT_MASK = 0170000;

    private final int modeBits;

    FileType(int modeBits) {
        this.modeBits = modeBits;
    }

    /** Returns the {@code S_IFMT} part of the mode. */
    public int modeBits() {
        return modeBits;
    }

    /** Returns the kind that a mode names, whatever its permissions; null if there is no such kind. */
    public static FileType of(int mode) {
        for (FileType type : values()) {
            if (type.modeBits == (mode & FORMAT_MASK)) {
                return type;
            }
        }
        return null;
    }
}
