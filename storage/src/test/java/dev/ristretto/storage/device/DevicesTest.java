package dev.ristretto.storage.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.CharacterDevice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void nullIsEmptyAndTakesAll() throws ErrnoException {
        CharacterDevice device = new NullDevice();
        ByteBuffer buffer = ByteBuffer.allocate(5000);
        assertEquals(0, device.read(buffer));
        assertEquals(5000, device.write(buffer));
        assertEquals(0, buffer.remaining());
    }

    @Test
    void zeroGivesZeros() throws ErrnoException {
        byte[] bytes = new byte[5000];
        Arrays.fill(bytes, (byte) 1);
        assertEquals(5000, new ZeroDevice(false).read(ByteBuffer.wrap(bytes)));
        assertArrayEquals(new byte[5000], bytes);
        assertEquals(7, new ZeroDevice(false).write(ByteBuffer.allocate(7)));
    }

    @Test
    void fullIsFull() throws ErrnoException {
        CharacterDevice device = new ZeroDevice(true);
        assertEquals(3, device.read(ByteBuffer.allocate(3)));
        assertEquals(Errno.ENOSPC, assertThrows(ErrnoException.class, () -> device.write(ByteBuffer.allocate(1))).errno());
        assertEquals(0, device.write(ByteBuffer.allocate(0)));
    }

    @Test
    void randomGivesWhatItsSourceGives() {
        RandomDevice device = new RandomDevice(new Random(1)::nextBytes);
        byte[] first = new byte[1000];
        assertEquals(1000, device.read(ByteBuffer.wrap(first)));
        assertEquals(256.0, Arrays.stream(toInts(first)).distinct().count(), 12, "nearly every byte occurs among a thousand");
        assertEquals(9, device.write(ByteBuffer.allocate(9)));
    }

    private static int[] toInts(byte[] bytes) {
        int[] ints = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ints[i] = bytes[i];
        }
        return ints;
    }
}
