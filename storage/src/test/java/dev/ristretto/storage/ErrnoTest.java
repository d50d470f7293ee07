package dev.ristretto.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void numbersAndTextsAreLinuxs() {
        assertEquals("No such file or directory", Errno.message(2));
        assertEquals(39, Errno.ENOTEMPTY.number());
        assertEquals("Directory not empty", Errno.ENOTEMPTY.exception().getMessage());
        assertEquals("Unknown error 4000", Errno.message(4000));
        assertEquals("Success", Errno.message(0));
    }

    @Test
    void noNumberOccursTwice() {
        Set<Integer> numbers = new HashSet<>();
        for (Errno errno : Errno.values()) {
            assertTrue(numbers.add(errno.number()), errno::name);
            assertEquals(errno.message(), Errno.message(errno.number()));
        }
    }
}
