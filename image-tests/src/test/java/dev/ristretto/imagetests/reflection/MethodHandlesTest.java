package dev.ristretto.imagetests.reflection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.invoke.WrongMethodTypeException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodHandlesTest {

    private static final VarHandle COUNT;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle BYTES_AS_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(MethodHandlesTest.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int count;

    private static int sum(int a, int b) {
        return a + b;
    }

    private String times(String text, int n) {
        return text.repeat(n) + count;
    }

    @Test
    void staticAndVirtualHandles() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle sum = lookup.findStatic(MethodHandlesTest.class, "sum", MethodType.methodType(int.class, int.class, int.class));
        assertEquals(5, (int) sum.invokeExact(2, 3));
        MethodHandle times = lookup.findVirtual(MethodHandlesTest.class, "times", MethodType.methodType(String.class, String.class, int.class));
        assertEquals("abab0", (String) times.bindTo(this).invokeExact("ab", 2));
        MethodHandle length = lookup.findVirtual(String.class, "length", MethodType.methodType(int.class));
        assertEquals(4, (int) length.invoke("four"));
        assertThrows(WrongMethodTypeException.class, () -> length.invoke(1, 2, 3));
    }

    @Test
    void combinators() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle sum = lookup.findStatic(MethodHandlesTest.class, "sum", MethodType.methodType(int.class, int.class, int.class));
        assertEquals(12, (int) MethodHandles.insertArguments(sum, 0, 10).invoke(2));
        MethodHandle parse = lookup.findStatic(Integer.class, "parseInt", MethodType.methodType(int.class, String.class));
        assertEquals(7, (int) MethodHandles.filterArguments(sum, 0, parse, parse).invoke("3", "4"));
        assertEquals(9, sum.invokeWithArguments(List.of(4, 5)));
        assertEquals(6, (int) sum.asSpreader(Object[].class, 2).invoke(new Object[] {2, 4}));
    }

    @Test
    void constructorsAndFields() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle maker = lookup.findConstructor(ArrayList.class, MethodType.methodType(void.class, int.class));
        assertEquals(List.of(), maker.invoke(5));
        MethodHandle setter = lookup.findSetter(MethodHandlesTest.class, "count", int.class);
        setter.invokeExact(this, 9);
        assertEquals(9, count);
        assertThrows(NoSuchMethodException.class, () -> lookup.findStatic(MethodHandlesTest.class, "absent", MethodType.methodType(void.class)));
    }

    @Test
    void variableHandles() {
        assertTrue(COUNT.compareAndSet(this, 0, 5));
        assertFalse(COUNT.compareAndSet(this, 0, 6));
        assertEquals(5, (int) COUNT.getAndAdd(this, 3));
        assertEquals(8, (int) COUNT.getVolatile(this));
        int[] ints = new int[4];
        INTS.setRelease(ints, 2, 11);
        assertArrayEquals(new int[] {0, 0, 11, 0}, ints);
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> INTS.set(ints, 4, 1));
        byte[] bytes = new byte[8];
        BYTES_AS_LONG.set(bytes, 0, 0x0102030405060708L);
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, bytes);
    }
}
