package dev.ristretto.imager.link;

/**
 * How an image is linked.
 *
 * @param manifest      put into the image as it is
 * @param symbols       which names the image's symbol table keeps; the table is not loaded
 * @param debugInfo     true to keep the object's {@code .debug_*} sections
 * @param heapAlignment of the image heap's begin, in bytes, a power of two. The builder's heap is made of chunks that are found by
 *                      masking addresses, so this must be the size of an aligned chunk
 *                      ({@code com.oracle.svm.core.genscavenge.HeapImpl#getPreferredAddressSpaceAlignment}); the heap base lies one chunk
 *                      below and so is aligned too ({@code HeapImpl#getImageHeapOffsetInAddressSpace})
 */
public record LinkOptions(Manifest manifest, Symbols symbols, boolean debugInfo, long heapAlignment) {
    /** Size of an aligned chunk unless the builder is told otherwise ({@code -H:AlignedHeapChunkSize}). */
    public static final long DEFAULT_HEAP_ALIGNMENT = 512 << 10;

    /** Which names an image's symbol table keeps. */
    public enum Symbols {
        /** None: the file has no symbol table. */
        NONE,
        /** The boot code's, the linker's and those that the program's object exports. */
        GLOBAL,
        /** Every function's; some megabytes. */
        ALL
    }
}
