package dev.ristretto.imagetests.reflection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReflectionTest {

    /** Reached by name only: see {@code reachability-metadata.json}. */
    static final class Configured {
        private int number = 7;
        final List<String> names = new ArrayList<>();

        Configured() {
        }

        private Configured(int number) {
            this.number = number;
        }

        private int add(int other) {
            return number + other;
        }

        static String join(String... parts) {
            return String.join("+", parts);
        }

        void fail() {
            throw new IllegalStateException("thrown by the method");
        }
    }

    record Shape(String name, List<Integer> sides) { }

    interface Greeter {
        String greet(String name);
    }

    private static Class<?> configured() throws ClassNotFoundException {
        // Built at run time, so that nothing but the configuration can have put the class into an image.
        return Class.forName(ReflectionTest.class.getName() + "$" + new StringBuilder("derugifnoC").reverse());
    }

    @Test
    void classesByName() throws ReflectiveOperationException {
        Class<?> type = configured();
        assertEquals("Configured", type.getSimpleName());
        assertSame(ReflectionTest.class, type.getEnclosingClass());
        assertTrue(Modifier.isFinal(type.getModifiers()));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("no.such.Class" + type.getModifiers()));
    }

    @Test
    void constructorsFieldsAndMethods() throws ReflectiveOperationException {
        Class<?> type = configured();
        Constructor<?> constructor = type.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        Object instance = constructor.newInstance(35);
        Field number = type.getDeclaredField("number");
        number.setAccessible(true);
        assertEquals(35, number.getInt(instance));
        number.setInt(instance, 40);
        Method add = type.getDeclaredMethod("add", int.class);
        add.setAccessible(true);
        assertEquals(42, add.invoke(instance, 2));
        assertEquals("a+b", type.getDeclaredMethod("join", String[].class).invoke(null, (Object) new String[] {"a", "b"}));
        assertEquals(List.of("java.util.List<java.lang.String>"), Arrays.stream(type.getDeclaredFields()).map(Field::getGenericType)
                .filter(ParameterizedType.class::isInstance).map(Object::toString).toList());
    }

    @Test
    void failuresAreWrapped() throws ReflectiveOperationException {
        Class<?> type = configured();
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        Method fail = type.getDeclaredMethod("fail");
        InvocationTargetException e = assertThrows(InvocationTargetException.class, () -> fail.invoke(instance));
        assertEquals("thrown by the method", e.getCause().getMessage());
        assertThrows(IllegalArgumentException.class, () -> fail.invoke(instance, 1));
        assertThrows(NoSuchMethodException.class, () -> type.getDeclaredMethod("absent" + instance.hashCode()));
    }

    @Test
    void recordsShowTheirComponents() {
        RecordComponent[] components = Shape.class.getRecordComponents();
        assertArrayEquals(new String[] {"name", "sides"}, Arrays.stream(components).map(RecordComponent::getName).toArray());
        assertEquals("java.util.List<java.lang.Integer>", components[1].getGenericType().toString());
        assertTrue(Shape.class.isRecord());
    }

    @Test
    void arrays() {
        Object array = Array.newInstance(int.class, 3);
        Array.setInt(array, 1, 5);
        assertArrayEquals(new int[] {0, 5, 0}, (int[]) array);
        assertEquals(3, Array.getLength(array));
        assertSame(String[].class, String.class.arrayType());
        assertSame(int.class, int[].class.getComponentType());
        assertInstanceOf(String[].class, Array.newInstance(String.class, 0));
    }

    @Test
    void proxies() {
        List<String> calls = new ArrayList<>();
        InvocationHandler handler = (proxy, method, arguments) -> {
            calls.add(method.getName());
            return method.getName().equals("greet") ? "hello, " + arguments[0] : 1234;
        };
        Greeter greeter = (Greeter) Proxy.newProxyInstance(ReflectionTest.class.getClassLoader(), new Class<?>[] {Greeter.class}, handler);
        assertEquals("hello, proxy", greeter.greet("proxy"));
        assertTrue(Proxy.isProxyClass(greeter.getClass()));
        assertEquals(1234, greeter.hashCode());
        assertEquals(List.of("greet", "hashCode"), calls);
        assertFalse(Proxy.isProxyClass(String.class));
    }

    @Test
    void hierarchies() {
        assertTrue(Number.class.isAssignableFrom(Integer.class) && !Integer.class.isAssignableFrom(Number.class));
        assertSame(Number.class, Integer.class.getSuperclass());
        assertTrue(Arrays.asList(ArrayList.class.getInterfaces()).contains(List.class));
        assertEquals("java.lang.String[][]", String[][].class.getTypeName());
        assertEquals("[[I", int[][].class.getName());
        assertTrue(List.class.isInstance(new ArrayList<>()));
        assertSame(String.class, String.class.cast("x").getClass());
    }
}
