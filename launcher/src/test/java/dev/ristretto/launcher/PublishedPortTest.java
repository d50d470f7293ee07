package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPortTest {
    @Test
    void forms() {
        assertEquals(new PublishedPort("127.0.0.1", 8080, 8080, false), PublishedPort.parse("8080"));
        assertEquals(new PublishedPort("127.0.0.1", 8080, 80, false), PublishedPort.parse("8080:80/tcp"));
        assertEquals(new PublishedPort("0.0.0.0", 5353, 53, true), PublishedPort.parse("0.0.0.0:5353:53/udp"));
        assertEquals("hostfwd=udp:0.0.0.0:5353-:53", PublishedPort.parse("0.0.0.0:5353:53/udp").forward());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "80:", ":80", "0", "70000:80", "80:0", "1.2.3:80:80", "80:80/sctp", "80,hostfwd=x"})
    void whatIsNoPort(String text) {
        assertThrows(IllegalArgumentException.class, () -> PublishedPort.parse(text));
    }
}
