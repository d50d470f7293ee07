package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format (RFC 9293 §3.1). */
class SegmentTest {
    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    private static boolean parses(ByteBuffer buffer) {
        return new Segment().parse(buffer, 0, buffer.capacity());
    }

    @Test
    void aSynAsLinuxSendsIt() {
        ByteBuffer wire = hex("c350 1f90 deadbeef 00000000 a002 faf0 0000 0000 0204 05b4 0402 080a 12345678 00000000 01 030307");
        Segment s = new Segment();
        assertTrue(s.parse(wire, 0, wire.capacity()));
        assertEquals(50000, s.sourcePort);
        assertEquals(8080, s.destinationPort);
        assertEquals(0xdeadbeef, s.sequence);
        assertEquals(Segment.SYN, s.flags);
        assertEquals(0xfaf0, s.window);
        assertEquals(1460, s.maximumSegmentSize);
        assertEquals(7, s.windowShift);
        assertTrue(s.sackPermitted && s.hasTimestamps);
        assertEquals(0x12345678, s.timestamp);
        assertEquals(0, s.payloadLength);
        assertEquals(1, s.length());
        ByteBuffer again = ByteBuffer.allocate(40);
        assertEquals(40, s.write(again, 0));
        assertEquals(wire, again);
        assertEquals("50000 > 8080 [S] seq 3735928559 ack 0 win 64240 len 0 mss 1460 wscale 7 ts 305419896/0", s.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0000 0001 00000001 00000002 5010 0000 0000 0000", // port 0
        "0001 0001 00000001 00000002 4010 0000 0000 0000", // a header of 16 bytes
        "0001 0001 00000001 00000002 6010 0000 0000 0000", // longer than the segment
        "0001 0001 00000001 00000002 5010 0000 0000 00", // 19 bytes
        "0001 0001 00000001 00000002 6010 0000 0000 0000 02020000", // MSS of no bytes
        "0001 0001 00000001 00000002 6010 0000 0000 0000 02050000", // an option beyond the header
        "0001 0001 00000001 00000002 6010 0000 0000 0000 01010102", // a kind without a length
        "0001 0001 00000001 00000002 6010 0000 0000 0000 08000000", // a length of 0
        "0001 0001 00000001 00000002 6010 0000 0000 0000 05020000", // SACK without a block
        "0001 0001 00000001 00000002 7010 0000 0000 0000 0506000000000000" // half a block
    })
    void refuses(String text) {
        assertFalse(parses(hex(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0001 0001 00000001 00000002 6010 0000 0000 0000 00ffffff", // what is behind the end does not count
        "0001 0001 00000001 00000002 6010 0000 0000 0000 fe040000", // an option that nobody knows
        "0001 0001 00000001 00000002 50ff 0000 0000 0000 01020304"
    })
    void takes(String text) {
        assertTrue(parses(hex(text)));
    }

    @Property(tries = 5000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 80) byte[] bytes, @ForAll boolean looksReal) {
        if (looksReal && bytes.length > 12) {
            bytes[12] = (byte) (Math.min(15, bytes.length / 4) << 4);
        }
        Segment s = new Segment();
        if (s.parse(ByteBuffer.wrap(bytes), 0, bytes.length)) {
            assertEquals(bytes.length, s.payloadOffset + s.payloadLength);
            assertTrue(s.windowShift >= -1 && s.windowShift <= 14 && s.sackBlocks <= 4);
        }
    }

    @Property(tries = 2000)
    void whatIsWrittenIsReadAgain(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Segment s = new Segment();
        s.clear();
        s.sourcePort = 1 + random.nextInt(65535);
        s.destinationPort = 1 + random.nextInt(65535);
        s.sequence = random.nextInt();
        s.acknowledgment = random.nextInt();
        s.flags = random.nextInt(256);
        s.window = random.nextInt(65536);
        s.maximumSegmentSize = random.nextInt(2) * random.nextInt(65536);
        s.windowShift = random.nextInt(16) - 1;
        s.sackPermitted = random.nextBoolean();
        s.hasTimestamps = random.nextBoolean();
        s.timestamp = s.hasTimestamps ? random.nextInt() : 0;
        s.timestampEcho = s.hasTimestamps ? random.nextInt() : 0;
        s.sackBlocks = s.maximumSegmentSize > 0 ? random.nextInt(2) : random.nextInt(3);
        for (int i = 0; i < s.sackBlocks; i++) {
            s.sackFrom[i] = random.nextInt();
            s.sackTo[i] = random.nextInt();
        }
        s.payloadLength = random.nextInt(20);
        ByteBuffer wire = ByteBuffer.allocate(100);
        int length = s.write(wire, 5);
        assertEquals(s.headerLength(), length);
        Segment again = new Segment();
        assertTrue(again.parse(wire, 5, length + s.payloadLength));
        s.windowShift = Math.min(s.windowShift, 14);
        assertEquals(s.toString(), again.toString());
        assertEquals(s.sackPermitted, again.sackPermitted);
        assertEquals(5 + length, again.payloadOffset);
    }
}
