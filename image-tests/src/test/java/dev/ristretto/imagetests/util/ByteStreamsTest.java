package dev.ristretto.imagetests.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteStreamsTest {

    @Test
    void dataStreams() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(-2);
            out.writeLong(Long.MIN_VALUE);
            out.writeDouble(Math.PI);
            out.writeUTF("modified \u0000 \ud83d\ude00");
            out.writeBoolean(true);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(-2, in.readInt());
            assertEquals(Long.MIN_VALUE, in.readLong());
            assertEquals(Math.PI, in.readDouble());
            assertEquals("modified \u0000 \ud83d\ude00", in.readUTF());
            assertTrue(in.readBoolean());
            assertThrows(EOFException.class, in::readByte);
        }
    }

    @Test
    void pipesBetweenThreads() throws Exception {
        PipedInputStream in = new PipedInputStream(64);
        PipedOutputStream out = new PipedOutputStream(in);
        Thread writer = Thread.ofPlatform().start(() -> {
            try (out) {
                for (int i = 0; i < 3_000; i++) {
                    out.write(i);
                }
            } catch (IOException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        byte[] all = in.readAllBytes();
        writer.join();
        assertEquals(3_000, all.length);
        assertEquals((byte) 2_999, all[2_999]);
    }

    @Test
    void otherStreams() throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(new ByteArrayInputStream(new byte[] {1, 2}));
        int first = pushback.read();
        pushback.unread(first);
        assertArrayEquals(new byte[] {1, 2}, pushback.readAllBytes());
        assertEquals(4, new SequenceInputStream(new ByteArrayInputStream(new byte[3]), new ByteArrayInputStream(new byte[1])).readAllBytes().length);
        assertEquals("second", new BufferedReader(new StringReader("first\nsecond")).lines().skip(1).findFirst().orElseThrow());
        StreamTokenizer tokens = new StreamTokenizer(new StringReader("x = 4.5"));
        tokens.nextToken();
        tokens.nextToken();
        assertEquals(StreamTokenizer.TT_NUMBER, tokens.nextToken());
        assertEquals(4.5, tokens.nval);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new PrintStream(printed, true, StandardCharsets.UTF_8).printf("%s-%d%n", "\u00fc", 3);
        assertEquals("\u00fc-3" + System.lineSeparator(), printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void buffersOnAndOffTheHeap() {
        for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocate(64), ByteBuffer.allocateDirect(64)}) {
            buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(0x01020304).putDouble(2.5).putChar('x');
            assertEquals(14, buffer.position());
            buffer.flip();
            assertEquals(4, buffer.get());
            assertEquals(0x010203, buffer.get() | buffer.get() << 8 | buffer.get() << 16);
            assertEquals(2.5, buffer.getDouble());
            ByteBuffer slice = buffer.slice();
            assertEquals(2, slice.capacity());
            LongBuffer longs = buffer.clear().asLongBuffer();
            assertEquals(8, longs.capacity());
            assertThrows(BufferOverflowException.class, () -> buffer.put(new byte[65]));
            assertThrows(ReadOnlyBufferException.class, () -> buffer.asReadOnlyBuffer().put((byte) 1));
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(64));
        }
    }
}
