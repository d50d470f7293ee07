package dev.ristretto.jdk.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

import jdk.internal.misc.Unsafe;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The checksums agree with those of the JDK, however the data is cut. */
class ChecksumsTest {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    @Property
    void crcOfArrays(@ForAll @Size(max = 3000) byte[] data, @ForAll @IntRange(max = 3000) int cut) {
        int at = Math.min(cut, data.length);
        CRC32 expected = new CRC32();
        expected.update(data);
        int crc = Crc32.update(Crc32.update(0, data, 0, at), data, at, data.length - at);
        assertEquals((int) expected.getValue(), crc);
    }

    @Property
    void adlerOfArrays(@ForAll @Size(max = 3000) byte[] data, @ForAll @IntRange(max = 3000) int cut) {
        int at = Math.min(cut, data.length);
        Adler32 expected = new Adler32();
        expected.update(data);
        int sum = Adler32Sum.update(Adler32Sum.update(Adler32Sum.INITIAL, data, 0, at), data, at, data.length - at);
        assertEquals((int) expected.getValue(), sum);
    }

    @Property(tries = 100)
    void ofSingleBytes(@ForAll @Size(max = 300) byte[] data) {
        CRC32 crc = new CRC32();
        Adler32 adler = new Adler32();
        int c = 0;
        int a = Adler32Sum.INITIAL;
        for (byte b : data) {
            crc.update(b);
            adler.update(b);
            c = Crc32.update(c, b);
            a = Adler32Sum.update(a, b);
        }
        assertEquals((int) crc.getValue(), c);
        assertEquals((int) adler.getValue(), a);
    }

    @Property(tries = 100)
    void ofMemory(@ForAll @Size(max = 3000) byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.wrap(data));
        Adler32 adler = new Adler32();
        adler.update(ByteBuffer.wrap(data));
        long address = UNSAFE.allocateMemory(data.length + 1L);
        try {
            NativeBytes.write(data, address, data.length);
            assertEquals((int) crc.getValue(), Crc32.update(0, address, data.length));
            assertEquals((int) adler.getValue(), Adler32Sum.update(Adler32Sum.INITIAL, address, data.length));
        } finally {
            UNSAFE.freeMemory(address);
        }
    }

    /** Sums of many large bytes come closest to overflowing between two divisions. */
    @Property(tries = 20)
    void ofLongRunsOfTheLargestByte(@ForAll @IntRange(min = 5550, max = 200_000) int length) {
        byte[] data = new byte[length];
        java.util.Arrays.fill(data, (byte) 0xff);
        Adler32 expected = new Adler32();
        expected.update(data);
        assertEquals((int) expected.getValue(), Adler32Sum.update(Adler32Sum.INITIAL, data, 0, length));
    }
}
