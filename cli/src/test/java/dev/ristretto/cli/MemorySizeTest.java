package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MemorySizeTest {
    @Test
    void unitsAreMibUnlessSaid() {
        MemorySize size = new MemorySize();
        assertEquals(128, size.convert("128"));
        assertEquals(64, size.convert("64m"));
        assertEquals(64, size.convert("64MiB"));
        assertEquals(2048, size.convert("2G"));
        assertEquals(1024 * 1024, size.convert("1024gb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "m", "1k", "1.5g", "99999999999", "1025g"})
    void nonsenseIsRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new MemorySize().convert(text));
    }
}
