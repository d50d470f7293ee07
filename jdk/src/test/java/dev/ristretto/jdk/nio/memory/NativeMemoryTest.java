package dev.ristretto.jdk.nio.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.map.MapMemory;
import dev.ristretto.storage.tmpfs.Tmpfs;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private final long memory = UNSAFE.allocateMemory(100);

    @AfterEach
    void free() {
        UNSAFE.freeMemory(memory);
    }

    @Test
    void textsEndBeforeTheFirstZero() {
        byte[] bytes = "/täxt\0rest".getBytes(StandardCharsets.UTF_8);
        NativeMemory.buffer(memory, bytes.length).put(bytes);
        assertEquals("/täxt", NativeMemory.string(memory));
        UNSAFE.putByte(memory, (byte) 0);
        assertEquals("", NativeMemory.string(memory));
    }

    @Test
    void aPartOfABufferHasItsOwnAddress() {
        ByteBuffer buffer = NativeMemory.buffer(memory, 100);
        assertEquals(memory, NativeMemory.address(buffer.position(5)));
        assertEquals(memory + 30, NativeMemory.address(buffer.slice(30, 10).asReadOnlyBuffer()));
    }

    @Test
    void vectorsNameBuffers() {
        UNSAFE.putLong(memory, memory + 50);
        UNSAFE.putLong(memory + 8, 3);
        UNSAFE.putLong(memory + 16, memory + 60);
        UNSAFE.putLong(memory + 24, 0);
        ByteBuffer[] buffers = NativeMemory.buffers(memory, 2);
        assertEquals(3, buffers[0].remaining());
        assertEquals(0, buffers[1].remaining());
        buffers[0].put(1, (byte) 42);
        assertEquals(42, UNSAFE.getByte(memory + 51));
    }

    @Test
    void flags() {
        UNSAFE.putInt(memory, 0);
        assertFalse(NativeMemory.isSet(memory));
        UNSAFE.putInt(memory, Integer.MAX_VALUE);
        assertTrue(NativeMemory.isSet(memory));
        assertFalse(NativeMemory.isSet(0));
    }

    @Test
    void copiesBeginAtAPageAndEndInZeros() throws ErrnoException {
        Vfs vfs = new Vfs(new Tmpfs(16 << 20, 10, () -> 0), 0);
        OpenFile file = vfs.open(vfs.root(), "f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
        file.write(0, ByteBuffer.allocate(3 << 20).put(5, (byte) 5).put((3 << 20) - 1, (byte) 9));
        long copy = MappedCopy.create(file, 5, 4 << 20);
        try {
            assertEquals(0, copy % MapMemory.PAGE_SIZE);
            assertEquals(5, UNSAFE.getByte(copy));
            assertEquals(9, UNSAFE.getByte(copy + (3 << 20) - 6));
            for (int i = (3 << 20) - 5; i < 4 << 20; i++) {
                assertEquals(0, UNSAFE.getByte(copy + i));
            }
        } finally {
            MappedCopy.free(copy);
        }
    }
}
