package dev.ristretto.imagetests.exceptions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The exceptions that the virtual machine throws by itself. */
class ImplicitExceptionsTest {

    private static final class Node {
        private int value;
        private long[] array;
        private Node next;

        private synchronized int value() {
            return value;
        }
    }

    private static volatile Object hidden;
    private static volatile int zero;

    @Test
    void nullIsNotDereferenced() {
        Node none = (Node) hidden;
        assertThrows(NullPointerException.class, () -> none.value = 1);
        assertThrows(NullPointerException.class, () -> none.value());
        assertThrows(NullPointerException.class, () -> assertEquals(0, new Node().next.value));
        assertThrows(NullPointerException.class, () -> assertEquals(0, new Node().array.length));
        assertThrows(NullPointerException.class, () -> new Node().array[5] = 1);
        assertThrows(NullPointerException.class, () -> {
            synchronized (none) {
                zero = 1;
            }
        });
        assertThrows(NullPointerException.class, () -> {
            throw (RuntimeException) hidden;
        });
        assertThrows(NullPointerException.class, () -> {
            Integer boxed = (Integer) hidden;
            int unboxed = boxed;
            zero = unboxed;
        });
        assertEquals(0, zero);
    }

    @Test
    void manyNullPointersInARow() {
        int caught = 0;
        for (int i = 0; i < 2_000; i++) {
            Node node = i % 2 == 0 ? new Node() : null;
            try {
                node.value = i;
            } catch (NullPointerException e) {
                caught++;
            }
        }
        assertEquals(1_000, caught);
    }

    @Test
    void divisionByZero() {
        assertThrows(ArithmeticException.class, () -> zero = 5 / zero);
        assertThrows(ArithmeticException.class, () -> zero = 5 % zero);
        assertThrows(ArithmeticException.class, () -> hidden = 5L / zero);
        assertThrows(ArithmeticException.class, () -> hidden = Long.MIN_VALUE % zero);
        assertEquals("/ by zero", assertThrows(ArithmeticException.class, () -> zero = 1 / zero).getMessage());
        assertEquals(Double.POSITIVE_INFINITY, 5.0 / zero);
    }

    @Test
    void theOneDivisionThatOverflowsDoesNotTrap() {
        int minusOne = zero - 1;
        assertEquals(Integer.MIN_VALUE, Integer.MIN_VALUE / minusOne);
        assertEquals(0, Integer.MIN_VALUE % minusOne);
        assertEquals(Long.MIN_VALUE, Long.MIN_VALUE / minusOne);
        assertEquals(0, Long.MIN_VALUE % minusOne);
    }

    @Test
    void arrayBounds() {
        int[] array = new int[3];
        for (int index : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ArrayIndexOutOfBoundsException e = assertThrows(ArrayIndexOutOfBoundsException.class, () -> array[index] = 1);
            assertTrue(e.getMessage().contains(Integer.toString(index)), e.getMessage());
        }
        assertArrayEquals(new int[3], array);
        assertThrows(StringIndexOutOfBoundsException.class, () -> "abc".charAt(3));
        assertThrows(IndexOutOfBoundsException.class, () -> List.of(1).get(1));
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> System.arraycopy(array, 1, new int[2], 0, 3));
    }

    @Test
    void castsAreChecked() {
        hidden = "a string";
        ClassCastException e = assertThrows(ClassCastException.class, () -> hidden = (Number) hidden);
        assertTrue(e.getMessage().contains("java.lang.String"), e.getMessage());
        assertThrows(ClassCastException.class, () -> hidden = (int[]) hidden);
        assertThrows(ClassCastException.class, () -> hidden = (Runnable) hidden);
        assertEquals("a string", hidden);
        hidden = null;
    }

    @Test
    void arrayStoresAreChecked() {
        Object[] strings = new String[1];
        assertThrows(ArrayStoreException.class, () -> strings[0] = 1);
        assertThrows(ArrayStoreException.class, () -> System.arraycopy(new Object[] {1}, 0, strings, 0, 1));
        assertEquals(null, strings[0]);
    }

    @Test
    void negativeArraySizes() {
        assertEquals("-1", assertThrows(NegativeArraySizeException.class, () -> hidden = new int[zero - 1]).getMessage());
        assertThrows(NegativeArraySizeException.class, () -> hidden = new int[2][zero - 7]);
    }

    private sealed interface Shape permits Circle, Square { }

    private record Circle(int radius) implements Shape { }

    private record Square(int side) implements Shape { }

    @Test
    void switchesOnNullAndUnknown() {
        Shape none = (Shape) hidden;
        assertThrows(NullPointerException.class, () -> area(none));
        assertEquals(9, area(new Square(3)));
        assertEquals(12, area(new Circle(2)));
        assertThrows(IllegalArgumentException.class, () -> Thread.State.valueOf("DREAMING"));
    }

    private static int area(Shape shape) {
        return switch (shape) {
            case Circle(int radius) -> 3 * radius * radius;
            case Square(int side) -> side * side;
        };
    }

    @Test
    void collectionsNoticeMisuse() {
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
        assertThrows(ConcurrentModificationException.class, () -> {
            for (Integer n : list) {
                list.remove(n);
            }
        });
        Iterator<Integer> none = new ArrayList<Integer>().iterator();
        assertThrows(NoSuchElementException.class, none::next);
        assertThrows(UnsupportedOperationException.class, () -> List.of(1).add(2));
        assertThrows(NumberFormatException.class, () -> Integer.parseInt("12x"));
    }

    @Test
    void assertionsCanBeThrownAsErrors() {
        Error e = assertThrows(AssertionError.class, () -> {
            throw new AssertionError("detail", new Exception("cause"));
        });
        assertNotNull(e.getCause());
    }
}
