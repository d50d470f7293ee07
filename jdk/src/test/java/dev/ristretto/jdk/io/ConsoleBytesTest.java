package dev.ristretto.jdk.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleBytesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayInputStream input = new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.US_ASCII));
    private final DeviceFile file = new DeviceFile(new ConsoleBytes(new ConsoleDevice() {
        @Override
        public int read(byte[] bytes, int offset, int length) {
            return input.read(bytes, offset, length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
        }

        @Override
        public int available() {
            return input.available();
        }
    }), 5 << 8);

    @Test
    void writesBuffersOfBothKinds() throws ErrnoException {
        ByteBuffer heap = ByteBuffer.wrap("xheapx".getBytes(StandardCharsets.US_ASCII), 1, 4);
        assertEquals(4, file.write(heap));
        assertEquals(0, heap.remaining());
        ByteBuffer direct = ByteBuffer.allocateDirect(20_000);
        direct.put(0, (byte) 'd').put(19_999, (byte) 'e');
        assertEquals(20_000, file.write(direct));
        String output = written.toString(StandardCharsets.US_ASCII);
        assertTrue(output.startsWith("heapd\0") && output.endsWith("\0e"));
        assertEquals(20_004, output.length());
    }

    @Test
    void readsIntoBuffersOfBothKindsUntilTheEnd() throws ErrnoException {
        assertEquals(6, file.available());
        ByteBuffer heap = ByteBuffer.allocate(10).position(1).limit(3);
        assertEquals(2, file.read(heap));
        assertEquals('t', heap.get(1));
        assertEquals(0, heap.remaining());
        ByteBuffer direct = ByteBuffer.allocateDirect(10);
        assertEquals(4, file.read(direct));
        assertEquals('p', direct.get(0));
        assertEquals(0, file.read(direct), "the end");
        assertEquals(0, file.read(ByteBuffer.allocate(1)));
    }

    @Test
    void isACharacterDevice() {
        assertEquals(FileType.CHARACTER_DEVICE, file.status().attributes().type());
        assertTrue(file.isTerminal());
    }
}
