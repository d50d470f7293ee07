package dev.ristretto.jdk.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharePlaceTest {
    @Test
    void aTagIsAPath() {
        assertEquals(new SharePlace("/share", false), SharePlace.of("/share"));
        assertEquals(new SharePlace("/src/main", true), SharePlace.of("/src/main:ro"));
        assertEquals(new SharePlace("/hostshare", false), SharePlace.of("hostshare"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", ":ro", "/:ro", "//", "/x/", "/x//y", "/x/../y", "..", "/.", "/x\0"})
    void whatIsNoneIsRefused(String tag) {
        assertNull(SharePlace.of(tag));
    }
}
