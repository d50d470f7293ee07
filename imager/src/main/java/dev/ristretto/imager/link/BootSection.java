package dev.ristretto.imager.link;

/**
 * One section of a {@link BootObject}.
 *
 * @param name       unique within the object, for example {@code .boot.text}
 * @param bytes      the contents; empty for a section that only takes up memory
 * @param alignment  of the first byte, a power of two, 1 or more
 * @param memorySize bytes the section takes up in memory, at least {@code bytes.length}; what is beyond the contents is zero
 * @param access     what the running image may do with these bytes
 * @param guard      true for pages that must fault when touched: aligned to and sized in whole pages, mapped by nothing, without
 *                   contents
 */
public record BootSection(String name, byte[] bytes, int alignment, long memorySize, Access access, boolean guard) {

    public BootSection {
        if (alignment < 1 || Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("section " + name + ": alignment " + alignment + " is not a power of two");
        }
        if (memorySize < bytes.length) {
            throw new IllegalArgumentException("section " + name + ": " + bytes.length + " bytes do not fit " + memorySize);
        }
        if (guard && (bytes.length != 0 || alignment % ImageLayout.PAGE != 0 || memorySize % ImageLayout.PAGE != 0)) {
            throw new IllegalArgumentException("guard section " + name + " must be whole, aligned pages without contents");
        }
        bytes = bytes.clone();
    }

    /** A section that is all contents. */
    public BootSection(String name, byte[] bytes, int alignment, Access access) {
        this(name, bytes, alignment, bytes.length, access, false);
    }

    /** A zeroed, writable section without contents in the file. */
    public static BootSection zeroed(String name, long memorySize, int alignment) {
        return new BootSection(name, new byte[0], alignment, memorySize, Access.RW, false);
    }

    /** Pages that fault when touched; {@code memorySize} is a multiple of 4096. */
    public static BootSection guard(String name, long memorySize) {
        return new BootSection(name, new byte[0], ImageLayout.PAGE, memorySize, Access.RW, true);
    }

    /** True when the section has no contents, only a size. */
    public boolean nobits() {
        return bytes.length == 0;
    }
}
