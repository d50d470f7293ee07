package dev.ristretto.imagetests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LanguageTest {

    private record Point(int x, int y) {
        Point {
            if (x < 0) {
                throw new IllegalArgumentException("x: " + x);
            }
        }

        static Point origin() {
            return new Point(0, 0);
        }
    }

    private record Line(Point from, Point to) { }

    private sealed interface Expression permits Number, Sum, Product, Negation { }

    private record Number(int value) implements Expression { }

    private record Sum(Expression left, Expression right) implements Expression { }

    private record Product(Expression left, Expression right) implements Expression { }

    private record Negation(Expression inner) implements Expression { }

    private enum Operation implements IntBinaryOperator {
        PLUS("+") {
            @Override
            public int applyAsInt(int left, int right) {
                return left + right;
            }
        },
        TIMES("*") {
            @Override
            public int applyAsInt(int left, int right) {
                return left * right;
            }
        };

        private final String symbol;

        Operation(String symbol) {
            this.symbol = symbol;
        }
    }

    private static int evaluate(Expression expression) {
        return switch (expression) {
            case Number(int value) -> value;
            case Sum(Number(int a), Number(int b)) -> a + b;
            case Sum(var left, var right) -> evaluate(left) + evaluate(right);
            case Product(var left, _) when left instanceof Number(int zero) && zero == 0 -> 0;
            case Product(var left, var right) -> evaluate(left) * evaluate(right);
            case Negation(var inner) -> -evaluate(inner);
        };
    }

    @Test
    void sealedTypesAndRecordPatterns() {
        assertEquals(-14, evaluate(new Negation(new Product(new Number(2), new Sum(new Number(3), new Number(4))))));
        assertEquals(0, evaluate(new Product(new Number(0), new Number(9))));
        assertEquals(6, evaluate(new Sum(new Number(1), new Sum(new Number(2), new Number(3)))));
    }

    @Test
    void records() {
        assertEquals(new Point(1, 2), new Point(1, 2));
        assertNotEquals(new Point(1, 2), new Point(2, 1));
        assertEquals(new Point(1, 2).hashCode(), new Point(1, 2).hashCode());
        assertEquals("Line[from=Point[x=0, y=0], to=Point[x=3, y=4]]", new Line(Point.origin(), new Point(3, 4)).toString());
        assertEquals("x: -1", assertThrows(IllegalArgumentException.class, () -> new Point(-1, 0)).getMessage());
    }

    private static String describe(Object object) {
        return switch (object) {
            case null -> "nothing";
            case Integer n when n > 100 -> "a big number";
            case Integer n -> "number " + n;
            case String s when s.isEmpty() -> "an empty string";
            case String s -> "string " + s;
            case int[] array -> "ints " + array.length;
            case Line(Point(var x, var y), _) -> "a line from " + x + "," + y;
            case Operation operation -> "operation " + operation.symbol;
            default -> object.getClass().getSimpleName();
        };
    }

    @Test
    void patternSwitches() {
        assertEquals("nothing", describe(null));
        assertEquals("a big number", describe(101));
        assertEquals("number 7", describe(7));
        assertEquals("an empty string", describe(""));
        assertEquals("ints 3", describe(new int[3]));
        assertEquals("a line from 0,0", describe(new Line(Point.origin(), Point.origin())));
        assertEquals("operation *", describe(Operation.TIMES));
        assertEquals("ArrayList", describe(new ArrayList<>()));
    }

    @Test
    void switchesOnStringsAndEnums() {
        for (String word : new String[] {"one", "two", "FB", "Ea"}) {
            int value = switch (word) {
                case "one" -> 1;
                case "two" -> {
                    int two = 1;
                    yield two + 1;
                }
                case "FB" -> 3;
                case "Ea" -> 4;
                default -> 0;
            };
            assertEquals(List.of("one", "two", "FB", "Ea").indexOf(word) + 1, value, "FB and Ea have the same hash");
        }
        assertEquals(12, Operation.TIMES.applyAsInt(3, 4));
        assertEquals("PLUS", Operation.values()[0].name());
    }

    @Test
    void lambdasAndMethodReferences() throws Exception {
        int captured = 5;
        Function<Integer, Integer> add = n -> n + captured;
        BiFunction<String, Integer, Character> at = String::charAt;
        Supplier<List<String>> maker = ArrayList::new;
        Function<Integer, int[]> arrays = int[]::new;
        Callable<String> bound = "bound"::toString;
        assertEquals(8, add.apply(3));
        assertEquals('b', at.apply("abc", 1));
        assertNotSame(maker.get(), maker.get());
        assertEquals(4, arrays.apply(4).length);
        assertEquals("bound", bound.call());
        Runnable both = (Runnable & Serializable) () -> { };
        assertTrue(both instanceof Serializable);
    }

    private interface Greeter {
        String name();

        default String greet() {
            return prefix() + name();
        }

        private String prefix() {
            return "hello, ";
        }

        static Greeter of(String name) {
            return () -> name;
        }
    }

    @Test
    void defaultPrivateAndStaticInterfaceMethods() {
        assertEquals("hello, world", Greeter.of("world").greet());
        Greeter loud = new Greeter() {
            @Override
            public String name() {
                return "you";
            }

            @Override
            public String greet() {
                return Greeter.super.greet() + "!";
            }
        };
        assertEquals("hello, you!", loud.greet());
    }

    private static final List<String> INITIALIZED = new ArrayList<>();

    private static final class Lazy {
        static {
            INITIALIZED.add("Lazy");
        }

        static int touch() {
            return INITIALIZED.size();
        }
    }

    private static final class Failing {
        static final int VALUE = fail();

        static int fail() {
            throw new IllegalStateException("in the static initializer");
        }
    }

    @Test
    void classesAreInitializedOnFirstUse() {
        assertEquals(List.of(), INITIALIZED);
        assertEquals(1, Lazy.touch());
        assertEquals(1, Lazy.touch());
        ExceptionInInitializerError first = assertThrows(ExceptionInInitializerError.class, () -> assertEquals(0, Failing.VALUE));
        assertEquals("in the static initializer", first.getCause().getMessage());
        assertThrows(NoClassDefFoundError.class, () -> assertEquals(0, Failing.VALUE));
    }

    private final class Inner {
        private final int value = outerField * 2;
    }

    private final int outerField = 21;

    @Test
    void innerLocalAndAnonymousClasses() {
        assertEquals(42, new Inner().value);
        class Local {
            private int twice(int n) {
                return n * 2 + outerField - 21;
            }
        }
        assertEquals(8, new Local().twice(4));
        assertEquals("anonymous", new Object() {
            @Override
            public String toString() {
                return "anonymous";
            }
        }.toString());
    }

    @Test
    void genericsVarargsAndLabels() {
        assertEquals(9, most(3, 9, 2));
        assertEquals("c", most("a", "c", "b"));
        int found = -1;
        outer:
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                if (i * j == 42) {
                    found = i * 10 + j;
                    break outer;
                }
            }
        }
        assertEquals(67, found);
    }

    @SafeVarargs
    private static <T extends Comparable<T>> T most(T first, T... others) {
        T best = first;
        for (T other : others) {
            best = other.compareTo(best) > 0 ? other : best;
        }
        return best;
    }

    @Test
    void boxingAndItsCache() {
        Integer small = Integer.valueOf(127);
        assertTrue(small == Integer.valueOf("127"));
        Integer large = 1_000;
        assertFalse(large != 1_000);
        assertEquals(large, Integer.valueOf(1_000));
        Object character = 'x';
        assertEquals("Character", character.getClass().getSimpleName());
        long widened = small + 1L;
        assertEquals(128L, widened);
    }
}
