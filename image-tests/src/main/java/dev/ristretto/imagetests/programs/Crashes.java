package dev.ristretto.imagetests.programs;

import java.lang.reflect.Field;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.WordFactory;
import org.graalvm.word.WordBase;
import sun.misc.Unsafe;

/** One program for each protection of an image, which must die of it: if it comes to its last line, the protection is not there. */
final class Crashes {
    /** First page of the image: the boot code. */
    private static final long CODE = 0x100000;
    /** RET, as data. */
    private static final byte RETURN = (byte) 0xC3;
    private static final Unsafe UNSAFE = unsafe();

    private Crashes() {
    }

    @CFunction(value = "ristretto_cpu_read_cr3", transition = Transition.NO_TRANSITION)
    private static native long pageTables();

    @CFunction(value = "ristretto_cpu_call", transition = Transition.NO_TRANSITION)
    private static native void call(WordBase address);

    @CFunction(value = "ristretto_cpu_overflow_stack", transition = Transition.NO_TRANSITION)
    private static native void overflowStack();

    @CFunction(value = "ristretto_cpu_overflow_interrupt_stack", transition = Transition.NO_TRANSITION)
    private static native void doubleFault();

    @CFunction(value = "ristretto_cpu_undefined", transition = Transition.NO_TRANSITION)
    private static native void undefinedInstruction();

    @CFunction(value = "ristretto_cpu_interrupt_unused", transition = Transition.NO_TRANSITION)
    private static native void unusedInterrupt();

    @CFunction(value = "ristretto_process_system_call", transition = Transition.NO_TRANSITION)
    private static native long systemCall(long number, long a, long b, long c, long d, long e, long f);

    /** A system call of Linux: its number, then up to six arguments, each a number or {@code memory} for a page of memory. */
    static void systemCall(String[] args) {
        long[] words = new long[7];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].equals("memory") ? UNSAFE.allocateMemory(3 * 4096) + 4095 & -4096 : Long.decode(args[i]);
        }
        System.out.println("result " + systemCall(words[0], words[1], words[2], words[3], words[4], words[5], words[6]));
        survived();
    }

    static void writeCode(String[] args) {
        UNSAFE.putLong(CODE, 0);
        survived();
    }

    static void executeData(String[] args) {
        long data = UNSAFE.allocateMemory(16);
        UNSAFE.putByte(data, RETURN);
        call(WordFactory.unsigned(data));
        survived();
    }

    static void readPageZero(String[] args) {
        System.out.println(UNSAFE.getLong(8));
        survived();
    }

    static void writePageZero(String[] args) {
        UNSAFE.putLong(0, 1);
        survived();
    }

    static void writePageTable(String[] args) {
        UNSAFE.putLong(pageTables() & -4096L, 0);
        survived();
    }

    static void runOffTheStack(String[] args) {
        overflowStack();
        survived();
    }

    static void undefined(String[] args) {
        undefinedInstruction();
        survived();
    }

    static void unhandledInterrupt(String[] args) {
        unusedInterrupt();
        survived();
    }

    static void doubleFault(String[] args) {
        doubleFault();
        survived();
    }

    private static void survived() {
        System.out.println("survived");
        System.exit(2);
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Unsafe is not there", e);
        }
    }
}
