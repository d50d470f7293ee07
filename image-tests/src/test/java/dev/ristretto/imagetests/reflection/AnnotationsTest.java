package dev.ristretto.imagetests.reflection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

    enum Level { LOW, HIGH }

    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @interface Marked {
        String value() default "default";

        Level level() default Level.LOW;

        int[] numbers() default {1, 2};

        Class<?> type() default Object.class;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Repeatable(Labels.class)
    @interface Label {
        String value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Labels {
        Label[] value();
    }

    @Marked(value = "parent", level = Level.HIGH, type = String.class)
    static class Parent {
        @Marked
        int field;

        @Label("one")
        @Label("two")
        void method(@Marked("parameter") int parameter) {
            field = parameter;
        }
    }

    static class Child extends Parent { }

    @Test
    void valuesAndDefaults() {
        Marked marked = Parent.class.getAnnotation(Marked.class);
        assertEquals("parent", marked.value());
        assertEquals(Level.HIGH, marked.level());
        assertArrayEquals(new int[] {1, 2}, marked.numbers());
        assertEquals(String.class, marked.type());
        assertEquals(Marked.class, marked.annotationType());
    }

    @Test
    void inheritance() {
        assertTrue(Child.class.isAnnotationPresent(Marked.class));
        assertEquals(0, Child.class.getDeclaredAnnotations().length);
        assertFalse(Child.class.isAnnotationPresent(Label.class));
    }

    @Test
    void membersAndParameters() throws ReflectiveOperationException {
        assertEquals("default", Parent.class.getDeclaredField("field").getAnnotation(Marked.class).value());
        Label[] labels = Parent.class.getDeclaredMethod("method", int.class).getAnnotationsByType(Label.class);
        assertArrayEquals(new String[] {"one", "two"}, Arrays.stream(labels).map(Label::value).toArray());
        assertEquals("parameter",
                ((Marked) Parent.class.getDeclaredMethod("method", int.class).getParameterAnnotations()[0][0]).value());
    }

    @Test
    void equalityAndText() throws ReflectiveOperationException {
        Marked field = Parent.class.getDeclaredField("field").getAnnotation(Marked.class);
        assertEquals(field, Parent.class.getDeclaredField("field").getAnnotation(Marked.class));
        assertEquals(field.hashCode(), Parent.class.getDeclaredField("field").getAnnotation(Marked.class).hashCode());
        assertTrue(field.toString().contains("Marked("), field::toString);
    }
}
