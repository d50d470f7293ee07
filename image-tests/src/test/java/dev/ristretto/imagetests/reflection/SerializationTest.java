package dev.ristretto.imagetests.reflection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerializationTest {

    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        int inherited = 3;
    }

    static final class Derived extends Base {
        private static final long serialVersionUID = 1;
        private String text = "text";
        private transient String forgotten = "not written";
        private Derived self = this;
        private int[] numbers = {1, 2, 3};
        private transient int restored;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(77);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            restored = in.readInt();
        }
    }

    record Pair(String key, int value) implements Serializable { }

    enum Colour { RED, GREEN }

    private static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    @Test
    void classesWithHistoryAndCycles() throws Exception {
        Derived original = new Derived();
        original.inherited = 9;
        original.text = "changed";
        Derived copy = (Derived) read(write(original));
        assertEquals(9, copy.inherited);
        assertEquals("changed", copy.text);
        assertNull(copy.forgotten);
        assertSame(copy, copy.self);
        assertEquals(3, copy.numbers[2]);
        assertEquals(77, copy.restored);
    }

    @Test
    void recordsAndEnums() throws Exception {
        assertEquals(new Pair("a", 1), read(write(new Pair("a", 1))));
        assertSame(Colour.GREEN, read(write(Colour.GREEN)));
    }

    @Test
    void collections() throws Exception {
        Map<String, List<Integer>> map = new LinkedHashMap<>();
        map.put("numbers", new ArrayList<>(List.of(1, 2)));
        assertEquals(map, read(write(map)));
    }

    @Test
    void filters() throws Exception {
        byte[] bytes = write(new Pair("a", 1));
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("!" + Pair.class.getName()));
            assertThrows(InvalidClassException.class, in::readObject);
        }
    }
}
