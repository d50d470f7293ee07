package dev.ristretto.machine.bare;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/**
 * Time from the time stamp counter, and the timer that goes with it.
 *
 * <p>How long a tick is, in order of trust: kvmclock, the hypervisor's frequency leaf, the CPU's own (leaf 0x15), and else a
 * measurement against a counter of known speed: the ACPI power management timer, or the local APIC's timer where the emulator's is
 * known to count nanoseconds. A measurement takes at least {@link #WINDOW} nanoseconds from {@link #start}. Nobody waits for it: until
 * it ends, or the timer is wanted for itself, time is read from the slower counter.
 */
final class Clock {
    /** Each end of the measurement is read to within some 200 ns, so 4 ms keep the error near 0.005 %. */
    private static final long WINDOW = 4_000_000;
    private static final int READINGS = 8;
    /** Time at {@link #start} while nobody knows how long ago the entry was; a guess at the few instructions in between. */
    private static final long START_NANOS = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TCG_SIGNATURE = 0x54474354; // "TCGT"
    /** ACPI specification 6.5 §4.8.3.3. */
    private static final long PM_TIMER_HERTZ = 3_579_545;
    private static final long APIC_MAXIMUM = 0xFFFF_FFFFL;
    private static final int PM_TIMER_MASK = 0xFFFFFF;

    private final KvmClock kvm;
    private final Acpi acpi;
    private long baseTsc;
    /** Nanoseconds in a tick of the time stamp counter, 32.32; 0 until calibrated. */
    private long nanosPerTick;
    private long ticksPerNano;
    /** Local APIC timer ticks in a nanosecond, 32.32; 0 in TSC-deadline mode. */
    private long apicTicksPerNano;
    private boolean tscDeadline;

    private long entryTsc;
    private long entryNanos;
    /** Time at the begin of the measurement. */
    private long startNanos = START_NANOS;
    private long firstTsc;
    private long startTsc;
    private int startApic;
    private int startPm;

    Clock(KvmClock kvm, Acpi acpi) {
        this.kvm = kvm;
        this.acpi = acpi;
    }

    /** Reads the beginning of the measurement. The local APIC is enabled, ACPI is known. */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(long entryTsc) {
        this.entryTsc = entryTsc;
        baseTsc = entryTsc;
        long frequency = knownFrequency();
        if (frequency > 0) {
            calibrate(frequency, NANOS_PER_SECOND);
        }
        tscDeadline = nanosPerTick != 0 && CpuId.has(1, CpuId.ECX, 24);
        if (tscDeadline) {
            LocalApic.useTscDeadline();
        } else {
            readAll();
            firstTsc = readingTsc;
            beginMeasurement();
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void beginMeasurement() {
        startTsc = readingTsc;
        startApic = readingApic;
        startPm = readingPm;
    }

    /** Ticks of the time stamp counter in a second, if somebody says so; else 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    private long knownFrequency() {
        long frequency = kvm.tscHertz();
        if (frequency == 0 && CpuId.underHypervisor() && CpuId.read(CpuId.HYPERVISOR, 0, CpuId.EAX) >= CpuId.HYPERVISOR + 0x10) {
            frequency = 1000L * CpuId.read(CpuId.HYPERVISOR + 0x10, 0, CpuId.EAX); // kHz, VMware's convention, KVM's too
        }
        if (frequency == 0 && CpuId.read(0, 0, CpuId.EAX) >= 0x15) {
            long denominator = CpuId.read(0x15, 0, CpuId.EAX);
            long numerator = CpuId.read(0x15, 0, CpuId.EBX);
            long crystal = CpuId.read(0x15, 0, CpuId.ECX);
            if (denominator != 0 && numerator != 0) {
                frequency = crystal * numerator / denominator;
            }
        }
        return frequency;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void calibrate(long ticks, long nanos) {
        ticksPerNano = TickScale.factor(nanos, ticks);
        nanosPerTick = TickScale.factor(ticks, nanos);
    }

    private long readingTsc;
    private int readingApic;
    private int readingPm;

    /** Reads all counters as close together as can be: the best of several tries. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void readAll() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = Cpu.rdtsc();
            int apic = LocalApic.count();
            int pm = acpi.readTimer();
            long after = Cpu.rdtsc();
            if (after - before < best) {
                best = after - before;
                readingTsc = before + (after - before) / 2;
                readingApic = apic;
                readingPm = pm;
            }
        }
    }

    /** Ticks that the local APIC's timer has counted down since the begin of the measurement. */
    @Uninterruptible(reason = KERNEL_CODE)
    private long apicTicks() {
        return startApic - readingApic & APIC_MAXIMUM;
    }

    /** True when the measurement is still to be ended. */
    @Uninterruptible(reason = KERNEL_CODE)
    private boolean measuring() {
        return !tscDeadline && apicTicksPerNano == 0;
    }

    /**
     * Reads all counters; ends the measurement if its window is over.
     *
     * @return nanoseconds since {@link #start}
     */
    @Uninterruptible(reason = KERNEL_CODE)
    private long measure() {
        readAll();
        if (readingApic == 0) {
            // the countdown ran out on a host that stood still for seconds: begin anew
            startNanos += nanosPerTick == 0 ? APIC_MAXIMUM : 0;
            LocalApic.enable();
            readAll();
            beginMeasurement();
            return 0;
        }
        long elapsed = elapsedNanos(CpuId.hypervisorIs(TCG_SIGNATURE));
        if (elapsed >= WINDOW) {
            if (nanosPerTick == 0) {
                // what the entry lies before the start is known only now; time goes on from what was last told
                calibrate(readingTsc - startTsc, elapsed);
                baseTsc = startTsc - TickScale.scale(startNanos, ticksPerNano);
                entryNanos = START_NANOS - TickScale.scale(firstTsc - entryTsc, nanosPerTick);
            }
            apicTicksPerNano = TickScale.factor(elapsed, apicTicks());
        }
        return elapsed;
    }

    /** Ends the measurement, waiting for what is left of its window. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void finish() {
        long flags = Cpu.disableInterrupts();
        while (measuring()) {
            measure();
        }
        Cpu.restoreInterrupts(flags);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private long elapsedNanos(boolean nanoApic) {
        if (nanosPerTick != 0) {
            return TickScale.scale(readingTsc - startTsc, nanosPerTick);
        }
        if (nanoApic) {
            return apicTicks();
        }
        if (acpi.hasTimer()) {
            return (readingPm - startPm & PM_TIMER_MASK) * NANOS_PER_SECOND / PM_TIMER_HERTZ;
        }
        // Nothing says how fast anything is: hypervisors run the APIC timer at 1 GHz more often than not.
        return apicTicks();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    long nanoTime() {
        if (nanosPerTick == 0) {
            long flags = Cpu.disableInterrupts();
            long now = nanosPerTick == 0 ? startNanos + measure() : TickScale.scale(Cpu.rdtsc() - baseTsc, nanosPerTick);
            Cpu.restoreInterrupts(flags);
            return now;
        }
        return TickScale.scale(Cpu.rdtsc() - baseTsc, nanosPerTick);
    }

    /** When the image was entered; a guess while the measurement lasts. */
    @Uninterruptible(reason = KERNEL_CODE)
    long entryNanos() {
        return entryNanos;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void setTimer(long deadline) {
        finish();
        // an interrupt that comes early finds nothing due, and the timer is set again: no deadline is too far away
        long nanos = deadline - nanoTime();
        nanos = nanos < 0 ? 0 : nanos < NANOS_PER_SECOND ? nanos : NANOS_PER_SECOND;
        if (tscDeadline) {
            LocalApic.interruptAt(Cpu.rdtsc() + TickScale.scale(nanos, ticksPerNano) + 1);
        } else {
            long ticks = TickScale.scale(nanos, apicTicksPerNano) + 1;
            LocalApic.interruptAfter(ticks > APIC_MAXIMUM ? -1 : (int) ticks);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void cancelTimer() {
        if (tscDeadline) {
            LocalApic.interruptAt(0);
        } else if (apicTicksPerNano != 0) {
            LocalApic.stopTimer();
        }
    }
}
