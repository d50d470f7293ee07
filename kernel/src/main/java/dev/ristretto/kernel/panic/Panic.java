package dev.ristretto.kernel.panic;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.Power;
import dev.ristretto.kernel.boot.LauncherLine;
import dev.ristretto.kernel.console.ConsoleLine;
import dev.ristretto.kernel.console.KernelLog;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.kernel.thread.Threads;
import dev.ristretto.machine.FaultContext;
import dev.ristretto.machine.Machine;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;

/** Writes the report and ends the image with {@link Power#PANIC_CODE}. Nothing here returns. */
public final class Panic {
    private static final int PAGE_FAULT = 14;
    private static final int DOUBLE_FAULT = 8;
    /** Page-fault error code (SDM vol. 3 §5.7). */
    private static final int PRESENT = 1;
    private static final int WRITE = 2;
    private static final int FETCH = 16;
    private static final int LOG_LINES = 10;

    private static boolean reporting;

    private Panic() {
    }

    /** The kernel cannot go on; {@code hint} says what to do about it, or is null. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void panic(String what, String hint) {
        begin();
        Report.text("\nristretto panic: ");
        Report.text(what);
        Report.text("\n");
        printThread();
        end(hint);
    }

    /** A fault that nothing can mend. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void fault(FaultContext context) {
        begin();
        Report.text("\nristretto panic: ");
        Report.text(context.name());
        Report.text(" (vector ");
        Report.number(context.vector());
        Report.text(", error ");
        Report.hex(context.error(), 4);
        if (context.vector() == PAGE_FAULT) {
            long error = context.error();
            Report.text((error & FETCH) != 0 ? ", executing " : (error & WRITE) != 0 ? ", writing " : ", reading ");
            Report.text((error & PRESENT) != 0 ? "protected address " : "unmapped address ");
            Report.hex(context.address().rawValue(), 16);
        }
        Report.text(")\n");
        printThread();
        printRegisters(context);
        printHintAndLog(hint(context));
        // last, since a damaged stack may make it fail
        Report.text("Java stack:\n");
        JavaStack.print(context);
        exit();
    }

    /** SubstrateVM cannot go on, before it could set up a thread. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void fatal(int code, CCharPointer message) {
        begin();
        Report.text("\nristretto panic: the Java runtime did not start: ");
        Report.bytes((Pointer) message);
        Report.text(" (code ");
        Report.number(code);
        Report.text(")\n");
        end(null);
    }

    /** SubstrateVM has reported a fatal error of its own on the console: only the end is missing. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void afterReport() {
        begin();
        Report.text("\nristretto panic: fatal error in the Java runtime, reported above\n");
        printThread();
        end(null);
    }

    /** True from the first word of a report on. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean isReporting() {
        return reporting;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void begin() {
        Machine.get().disableInterrupts();
        if (reporting) {
            Report.text("\nristretto panic: another fault while reporting; giving up\n");
            LauncherLine.panic();
            LauncherLine.exit(Power.PANIC_CODE);
            Machine.get().exit(Power.PANIC_CODE);
        }
        reporting = true;
        ConsoleLine.flush();
        LauncherLine.panic();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void end(String hint) {
        printHintAndLog(hint);
        exit();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void printHintAndLog(String hint) {
        if (hint != null) {
            Report.text("hint: ");
            Report.text(hint);
            Report.text("\n");
        }
        Report.text("last log lines:\n");
        KernelLog.replay(LOG_LINES);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void exit() {
        LauncherLine.exit(Power.PANIC_CODE);
        Machine.get().exit(Power.PANIC_CODE);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void printThread() {
        KThread thread = Scheduler.current();
        if (thread.isNull()) {
            Report.text("while starting up\n");
            return;
        }
        Report.text("thread ");
        Report.number(thread.getId());
        if (thread.getName().isNonNull()) {
            Report.text(" \"");
            Report.bytes(thread.getName());
            Report.text("\"");
        } else if (thread.getId() == 0) {
            Report.text(" (idle)");
        }
        Report.text(", ");
        Report.number(Threads.count());
        Report.text(" threads, up ");
        Report.number((Machine.get().nanoTime() - Machine.get().entryNanos()) / 1_000_000);
        Report.text(" ms\n");
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void printRegisters(FaultContext context) {
        register("rip", context.instructionPointer().rawValue());
        register("rsp", context.stackPointer().rawValue());
        for (int i = 0; i < context.registers(); i++) {
            if ((i + 2) % 4 == 0) {
                Report.text("\n");
            }
            register(context.registerName(i), context.registerValue(i).rawValue());
        }
        Report.text("\n");
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void register(String name, long value) {
        Report.text(name.length() == 2 ? "  " : " ");
        Report.text(name);
        Report.text("=");
        Report.hex(value, 16);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static String hint(FaultContext context) {
        if (context.vector() == DOUBLE_FAULT) {
            return "an exception could not be delivered: a stack is used up, or kernel data is damaged.";
        }
        if (context.vector() != PAGE_FAULT) {
            return "the kernel or native memory is damaged. Unsafe or foreign-memory code of the program is the first suspect.";
        }
        if (Threads.isStackGuard(context.address())) {
            return "the thread ran off the end of its stack outside of Java code that checks for it.";
        }
        if ((context.error() & PRESENT) != 0) {
            return "code and page tables are read-only and data is not executable; something wrote or jumped where it must not.";
        }
        if (context.address().rawValue() >>> 12 == 0) {
            return "a null address was used as a pointer. Unsafe or foreign-memory code of the program is the first suspect.";
        }
        return "nothing is mapped there: a pointer is damaged, or memory was used after it was freed.";
    }
}
