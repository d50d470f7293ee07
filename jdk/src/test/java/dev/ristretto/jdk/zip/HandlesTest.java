package dev.ristretto.jdk.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HandlesTest {
    @Test
    void aClosedHandleIsNoticedAndNotReused() {
        Handles<String> handles = new Handles<>();
        long first = handles.open("a");
        assertNotEquals(0, first);
        assertEquals("a", handles.get(first));
        handles.close(first);
        handles.close(first);
        long second = handles.open("b");
        assertNotEquals(first, second);
        assertThrows(IllegalStateException.class, () -> handles.get(first));
        assertEquals(1, handles.size());
    }
}
