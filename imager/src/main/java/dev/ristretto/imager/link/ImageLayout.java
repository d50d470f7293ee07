package dev.ristretto.imager.link;

/** Constants of an image's place in memory. */
public final class ImageLayout {
    /** Bytes of a page: the unit of access rights. */
    public static final int PAGE = 4096;
    /** Bytes of a large page. */
    public static final int LARGE_PAGE = 2 << 20;
    /** Where images begin, as physical and as virtual address: below are the firmware's and the BIOS's areas. */
    public static final long BASE = 0x100000;
    /** Name of the 32-bit entry that the PVH note points to. */
    public static final String ENTRY_SYMBOL = "ristretto_pvh_entry";
    /** Name of the entry that the file's header points to, for Linux's {@code execve}. */
    public static final String PROCESS_ENTRY_SYMBOL = "ristretto_process_entry";

    private ImageLayout() {
    }

    /** The smallest multiple of {@code alignment}, a power of two, that is not below {@code value}. */
    public static long alignUp(long value, long alignment) {
        return (value + alignment - 1) & -alignment;
    }
}
