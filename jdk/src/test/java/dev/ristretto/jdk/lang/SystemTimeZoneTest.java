package dev.ristretto.jdk.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SystemTimeZoneTest {
    @Test
    void isUtcUnlessTzNamesAnother() {
        assertEquals("UTC", SystemTimeZone.id(null));
        assertEquals("UTC", SystemTimeZone.id(""));
        assertEquals("UTC", SystemTimeZone.id(":"));
        assertEquals("Europe/Berlin", SystemTimeZone.id("Europe/Berlin"));
        assertEquals("Asia/Tokyo", SystemTimeZone.id(":Asia/Tokyo "));
    }
}
