package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import org.graalvm.word.Pointer;

/** The clock that KVM shares with its guests (Linux documentation, "KVM-specific MSRs" and {@code struct pvclock_vcpu_time_info}). */
final class KvmClock {
    private static final int KVM_SIGNATURE = 0x4B4D564B; // "KVMK"
    /** {@code KVM_FEATURE_CLOCKSOURCE2}: the MSRs below exist. */
    private static final int FEATURE_CLOCKSOURCE2 = 3;
    private static final int MSR_WALL_CLOCK = 0x4B564D00;
    private static final int MSR_SYSTEM_TIME = 0x4B564D01;
    private static final int ENABLE = 1;

    /** Room for both structures at a 64-byte boundary, so that neither crosses a page. */
    private static final CGlobalData<Pointer> AREA = CGlobalDataFactory.createBytes(() -> 256);

    private long wallNanos;

    /** Asks for the clock; returns ticks of the time stamp counter in a second, or 0 without KVM. */
    @Uninterruptible(reason = KERNEL_CODE)
    long tscHertz() {
        if (!CpuId.hypervisorIs(KVM_SIGNATURE) || (CpuId.read(CpuId.HYPERVISOR + 1, 0, CpuId.EAX) & 1 << FEATURE_CLOCKSOURCE2) == 0) {
            return 0;
        }
        Pointer time = aligned();
        Cpu.wrmsr(MSR_SYSTEM_TIME, time.rawValue() | ENABLE);
        Pointer wall = time.add(64);
        Cpu.wrmsr(MSR_WALL_CLOCK, wall.rawValue());
        long multiplier = time.readInt(24) & 0xFFFF_FFFFL;
        int shift = time.readByte(28);
        if (multiplier == 0) {
            return 0;
        }
        // The wall clock structure holds the time of day at which the system time was 0; the system time now is in the other one.
        wallNanos = (wall.readInt(4) & 0xFFFF_FFFFL) * 1_000_000_000L + (wall.readInt(8) & 0xFFFF_FFFFL) + time.readLong(16);
        // nanoseconds = (ticks << shift) * multiplier >> 32
        long hertz = TickScale.scale(1_000_000_000L, TickScale.factor(multiplier, 1L << 32));
        // no more use: stop the hypervisor from writing to the page
        Cpu.wrmsr(MSR_SYSTEM_TIME, 0);
        return shift < 0 ? hertz << -shift : hertz >>> shift;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer aligned() {
        Pointer area = AREA.get();
        return area.add((int) (-area.rawValue() & 63));
    }

    /** Nanoseconds since the epoch at the call of {@link #tscHertz}, or 0 if unknown. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    long wallNanos() {
        return wallNanos;
    }
}
