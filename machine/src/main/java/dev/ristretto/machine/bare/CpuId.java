package dev.ristretto.machine.bare;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CIntPointer;

/** What the CPU and the hypervisor say of themselves (SDM vol. 2 "CPUID"; leaves from 0x40000000 are the hypervisor's). */
final class CpuId {
    static final int EAX = 0;
    static final int EBX = 1;
    static final int ECX = 2;
    static final int EDX = 3;
    static final int HYPERVISOR = 0x40000000;

    private CpuId() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static int read(int leaf, int subleaf, int register) {
        CIntPointer out = StackValue.get(4, CIntPointer.class);
        Cpu.cpuid(leaf, subleaf, out);
        return out.read(register);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static boolean has(int leaf, int register, int bit) {
        return read(leaf & 0x80000000, 0, EAX) + Integer.MIN_VALUE >= leaf + Integer.MIN_VALUE && (read(leaf, 0, register) & 1 << bit) != 0;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static boolean underHypervisor() {
        return (read(1, 0, ECX) & 1 << 31) != 0;
    }

    /** True when the hypervisor's signature begins with these four bytes, little-endian. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean hypervisorIs(int signature) {
        return underHypervisor() && read(HYPERVISOR, 0, EBX) == signature;
    }
}
