package dev.ristretto.devices.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterBlockTest {
    @Test
    void whatHypervisorsWrite() {
        assertEquals(new RegisterBlock(0xFEB0_0E00L, 512, 12), RegisterBlock.parse("512@0xfeb00e00:12"));
        assertEquals(new RegisterBlock(0xD000_0000L, 4096, 5), RegisterBlock.parse("4K@0xd0000000:5"));
        assertEquals(new RegisterBlock(4096, 0x200, 5), RegisterBlock.parse("0x200@4096:5:3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "512@0x1000", "512@0x1000:", "x@0x1000:5", "-1@0x1000:5", "512@-4:5", "512@0x1000:99999", "K@1:1", "512@:5"})
    void whatTheyDoNot(String text) {
        assertNull(RegisterBlock.parse(text));
    }
}
