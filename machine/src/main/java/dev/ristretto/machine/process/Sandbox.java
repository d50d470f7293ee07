package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Takes from the process what it does not need: privileges, descriptors, and all system calls but those of {@link SystemCallFilter}. */
final class Sandbox {
    private static final long[] FILTER = SystemCallFilter.build();

    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    /** {@code _LINUX_CAPABILITY_VERSION_3}. */
    private static final int CAPABILITY_VERSION = 0x20080522;
    private static final int CAPABILITIES = 64;
    /** Descriptors looked at one by one where Linux is older than {@code close_range} (5.9). */
    private static final int OLD_DESCRIPTORS = 1024;

    private Sandbox() {
    }

    /**
     * Enters. {@code line}, which is written, {@code network} and {@code folders}, which are read as well, are descriptors above 2 that stay
     * open, or -1; the third is above the others, and those of {@code disks} are above all three.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    static void enter(int line, int network, int folders, OpenDisks disks) {
        closeAllBut(line < network ? line : network, line < network ? network : line, folders, disks);
        dropCapabilities();
        prctl(PR_SET_DUMPABLE, 0, 0); // nobody reads this memory but root
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0) != 0 || filter(line, network, folders, disks) != 0) {
            Text.cannotStart("this Linux has no seccomp filters, without which an image does not run as a process; "
                + "say --on qemu, or use a kernel with CONFIG_SECCOMP_FILTER.");
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static long prctl(int operation, long a, long b) {
        return Linux.call(Linux.PRCTL, Word.signed(operation), Word.signed(a), Word.signed(b), Word.zero());
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void closeAllBut(int first, int second, int third, OpenDisks disks) {
        int next = keep(keep(keep(3, first), second), third);
        if (disks.end() > next) {
            if (disks.begin() > next) {
                closeRange(next, disks.begin() - 1);
            }
            next = disks.end();
        }
        closeRange(next, -1);
    }

    /** Closes what lies between; returns the next one to look at. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static int keep(int next, int descriptor) {
        if (descriptor < next) {
            return next;
        }
        if (descriptor > next) {
            closeRange(next, descriptor - 1);
        }
        return descriptor + 1;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void closeRange(int first, int last) {
        UnsignedWord end = last < 0 ? Word.unsigned(0xFFFFFFFFL) : Word.unsigned(last);
        if (Linux.call(Linux.CLOSE_RANGE, Word.unsigned(first), end, Word.zero()) < 0) {
            for (int i = first; i < OLD_DESCRIPTORS && (last < 0 || i <= last); i++) {
                Linux.call(Linux.CLOSE, i);
            }
        }
    }

    /** The bounding set first, since that itself takes a capability; without it there is none to drop. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void dropCapabilities() {
        for (int i = 0; i < CAPABILITIES && prctl(PR_CAPBSET_DROP, i, 0) == 0; i++) {
            continue;
        }
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0);
        Pointer header = StackValue.get(8);
        header.writeInt(0, CAPABILITY_VERSION);
        header.writeInt(4, 0);
        Pointer none = StackValue.get(24);
        for (int i = 0; i < 24; i += 8) {
            none.writeLong(i, 0);
        }
        Linux.call(Linux.CAPSET, header, none);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static long filter(int line, int network, int folders, OpenDisks disks) {
        Pointer program = StackValue.get(1024);
        for (int i = 0; i < FILTER.length; i++) {
            long instruction = FILTER[i];
            // a descriptor that is not there leaves the one that is allowed anyway
            if (instruction >>> 32 == SystemCallFilter.LINE) {
                instruction = instruction & 0xFFFFFFFFL | (line > 2 ? line : 2L) << 32;
            } else if (instruction >>> 32 == SystemCallFilter.NETWORK_OUT) {
                instruction = instruction & 0xFFFFFFFFL | (network > 2 ? network : 2L) << 32;
            } else if (instruction >>> 32 == SystemCallFilter.NETWORK_IN) {
                instruction = instruction & 0xFFFFFFFFL | (network > 2 ? network : 0L) << 32;
            } else if (instruction >>> 32 == SystemCallFilter.FOLDERS_OUT) {
                instruction = instruction & 0xFFFFFFFFL | (folders > 2 ? folders : 2L) << 32;
            } else if (instruction >>> 32 == SystemCallFilter.FOLDERS_IN) {
                instruction = instruction & 0xFFFFFFFFL | (folders > 2 ? folders : 0L) << 32;
            } else if (instruction >>> 32 == SystemCallFilter.DISKS_BEGIN) {
                instruction = instruction & 0xFFFFFFFFL | (long) disks.begin() << 32;
            } else if (instruction >>> 32 == SystemCallFilter.DISKS_END) {
                instruction = instruction & 0xFFFFFFFFL | (long) disks.end() << 32;
            }
            program.writeLong(8 * i, instruction);
        }
        Pointer description = StackValue.get(16); // struct sock_fprog
        description.writeLong(0, FILTER.length);
        description.writeWord(8, program);
        return Linux.call(Linux.SECCOMP, Word.signed(SECCOMP_SET_MODE_FILTER), Word.zero(), description);
    }
}
