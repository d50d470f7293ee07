package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** The PVH start-info structure, {@code struct hvm_start_info} of Xen's {@code public/arch-x86/hvm/start_info.h}. */
final class StartInfo {
    private static final int MAGIC = 0x336ec578;
    /** {@code XEN_HVM_MEMMAP_TYPE_RAM}. */
    private static final int TYPE_RAM = 1;
    private static final int ENTRY_SIZE = 24;

    private StartInfo() {
    }

    /** False when the structure is not one, or too old to hold a memory map (version 0). */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static boolean isUsable(Pointer info) {
        return info.isNonNull() && info.readInt(0) == MAGIC && info.readInt(4) >= 1 && info.readInt(48) > 0;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Pointer commandLine(Pointer info) {
        return info.readWord(24);
    }

    /** Address of the ACPI root pointer, or zero. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Pointer rsdp(Pointer info) {
        return info.readWord(32);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int memoryMapEntries(Pointer info) {
        return info.readInt(48);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer entry(Pointer info, int index) {
        Pointer map = info.readWord(40);
        return map.add(index * ENTRY_SIZE);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static UnsignedWord begin(Pointer info, int index) {
        return entry(info, index).readWord(0);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static UnsignedWord size(Pointer info, int index) {
        return entry(info, index).readWord(8);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static boolean isRam(Pointer info, int index) {
        return entry(info, index).readInt(16) == TYPE_RAM;
    }

}
