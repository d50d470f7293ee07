package dev.ristretto.network.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.network.IpAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /** RFC 1071 §4.1, as it stands there. */
    private static int reference(byte[] bytes, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes[from + i] & 0xff;
            sum += (i & 1) == 0 ? value << 8 : value;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }

    @Property
    void isTheSumOfWords(@ForAll @Size(max = 3000) byte[] bytes, @ForAll @IntRange(max = 20) int skip) {
        int from = Math.min(skip, bytes.length);
        int length = bytes.length - from;
        assertEquals(reference(bytes, from, length), Checksum.finish(Checksum.sum(ByteBuffer.wrap(bytes), from, length)));
    }

    @Property
    void changesWithAWord(@ForAll @Size(min = 4, max = 64) byte[] bytes, @ForAll short word) {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        int before = Checksum.finish(Checksum.sum(b, 0, bytes.length));
        int old = b.getShort(2) & 0xffff;
        b.putShort(2, word);
        int after = Checksum.finish(Checksum.sum(b, 0, bytes.length));
        int updated = Checksum.update(before, old, word & 0xffff);
        // 0 and 0xffff are the same number in this arithmetic.
        assertEquals(after % 0xffff, updated % 0xffff);
    }

    @Test
    void knownHeaders() {
        byte[] header = HexFormat.of().parseHex("450000730000400040110000c0a80001c0a800c7");
        assertEquals(0xb861, Checksum.finish(Checksum.sum(ByteBuffer.wrap(header), 0, 20)));
        // The example of RFC 1624 §4.
        assertEquals(0x0000, Checksum.update(0xdd2f, 0x5555, 0x3285));
    }

    @Test
    void pseudoHeaders() {
        IpAddress a = IpAddress.parse("10.0.0.1");
        IpAddress b = IpAddress.parse("10.0.0.2");
        assertEquals(0x0a00 + 1 + 0x0a00 + 2 + 17 + 12, Checksum.fold(Checksum.pseudo(0, a.low(), 0, b.low(), 17, 12)));
        IpAddress c = IpAddress.parse("fd00::1");
        assertEquals(Checksum.fold(0xfd00L + 1 + 0xfd00 + 2 + 6 + 20), Checksum.fold(Checksum.pseudo(c.high(), c.low(), c.high(), 2, 6, 20)));
    }
}
