package dev.ristretto.kernel.boot;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import dev.ristretto.kernel.Power;
import dev.ristretto.kernel.console.ConsoleLine;
import dev.ristretto.kernel.console.KernelLog;
import dev.ristretto.kernel.device.DeviceInterrupt;
import dev.ristretto.kernel.device.DeviceStream;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.kernel.panic.Panic;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.kernel.thread.Threads;
import dev.ristretto.machine.FaultContext;
import dev.ristretto.machine.Machine;
import dev.ristretto.machine.MachineEvents;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Receives what the machine tells: brings the kernel up on its first call, and passes the others to whom they concern. */
public final class Kernel implements MachineEvents {
    /** The thread that runs the program's {@code main}, see {@link MainThread}. */
    private static final CGlobalData<CFunctionPointer> MAIN = CGlobalDataFactory.forSymbol("ristretto_main_thread");

    private static final String MORE_MEMORY = "give the machine more memory (ristretto run --memory).";

    /** Bit n: memory range n has been added. */
    private long memoryAdded;

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void begin(Pointer startInfo) {
        Machine machine = Machine.get();
        machine.start(startInfo);
        addMemory();
        if (!CommandLine.parse((Pointer) machine.commandLine())) {
            Panic.panic("not enough memory for the command line", MORE_MEMORY);
        }
        if (CommandLine.has("ristretto.verbose")) {
            KernelLog.setVerbose();
        }
        if (CommandLine.has("ristretto.timings")) {
            LauncherLine.reportTimings();
        }
        machine.startDevices();
        ConsoleLine.start();
        addMemory();
        machine.hintWallClock(CommandLine.number("ristretto.epoch="));
        machine.seal();
        KernelLog.text("memory: ");
        KernelLog.number(Frames.freeBytes().rawValue() >>> 10);
        KernelLog.text(" KiB free of ");
        KernelLog.number(machine.memorySize().rawValue() >>> 10);
        KernelLog.text(" KiB\n");
        Threads.start();
        LauncherLine.mark("kernel");
        if (Threads.start(MAIN.get(), Word.zero(), Word.zero()).isNull()) {
            Panic.panic("not enough memory to start", MORE_MEMORY);
        }
        Scheduler.idle();
    }

    /** Adds the ranges that can be used now and have not been added. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void addMemory() {
        Machine machine = Machine.get();
        for (int i = 0; i < machine.memoryRanges(); i++) {
            if ((memoryAdded & 1L << i) == 0 && machine.memoryRangeReady(i)) {
                memoryAdded |= 1L << i;
                Frames.add(machine.memoryRangeBegin(i), machine.memoryRangeEnd(i));
            }
        }
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord allocateTables(int bytes) {
        return Frames.allocateReserved(Word.unsigned(bytes), Word.unsigned(bytes));
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void timerExpired() {
        Scheduler.timerExpired();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consoleReadable() {
        ConsoleLine.readableInHandler();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consoleWritable() {
        ConsoleLine.writableInHandler();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void powerButton(int code) {
        Power.buttonPressedInHandler(code);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void deviceInterrupt(int interrupt) {
        DeviceInterrupt.raisedInHandler(interrupt);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void networkReady() {
        DeviceStream.readyInHandler();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void interruptEnds() {
        Scheduler.interruptEnds();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void threadBegins() {
        Threads.begins();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void threadEnds(long result) {
        Threads.ends(result);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean pageFault(UnsignedWord address, long error) {
        return !Panic.isReporting() && Threads.growStack(address);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void fault(FaultContext context) {
        Panic.fault(context);
    }
}
