package dev.ristretto.jdk.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.DataFormatException;

import org.junit.jupiter.api.Test;

import jdk.internal.misc.Unsafe;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Input and output in memory, which is longer than the pieces it is handled in, give what arrays give. */
class MemoryCallsTest {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int FINISH = 4;

    @Property(tries = 60)
    void memoryAndArraysAreTheSame(@ForAll long seed, @ForAll @IntRange(max = 200_000) int size, @ForAll boolean inMemory,
                    @ForAll boolean outMemory, @ForAll boolean setParams) throws DataFormatException {
        byte[] data = Samples.mixed(seed, size);
        byte[] stream = deflate(data, inMemory, outMemory, setParams ? 1 | 1 << 1 | 9 << 3 : 0);
        InflaterEngine engine = new InflaterEngine(true);
        InflaterCall call = new InflaterCall(engine);
        byte[] back = new byte[size];
        long in = memory(stream);
        long out = memory(back);
        try {
            call.run(inMemory ? null : stream, inMemory ? in : 0, stream.length, outMemory ? null : back, outMemory ? out : 0, size);
            if (outMemory) {
                NativeBytes.read(out, back, size);
            }
        } finally {
            UNSAFE.freeMemory(in);
            UNSAFE.freeMemory(out);
        }
        assertArrayEquals(data, back);
        assertEquals(Result.pack(stream.length, size, true, false), call.result());
    }

    @Test
    void failureTellsHowFarItCame() throws DataFormatException {
        byte[] data = Samples.mixed(3, 100_000);
        byte[] stream = deflate(data, false, false, 0);
        stream[stream.length - 1] ^= 1;
        InflaterCall call = new InflaterCall(new InflaterEngine(true));
        byte[] back = new byte[data.length];
        long in = memory(stream);
        long out = memory(back);
        try {
            DataFormatException e = assertThrows(DataFormatException.class, () -> call.run(null, in, stream.length, null, out, back.length));
            assertEquals("incorrect data check", e.getMessage());
            NativeBytes.read(out, back, back.length);
        } finally {
            UNSAFE.freeMemory(in);
            UNSAFE.freeMemory(out);
        }
        assertEquals(data.length, call.produced());
        assertArrayEquals(data, back);
    }

    private static byte[] deflate(byte[] data, boolean inMemory, boolean outMemory, int params) {
        DeflaterEngine engine = new DeflaterEngine(6, 0, true);
        byte[] stream = new byte[data.length + 1000];
        long in = memory(data);
        long out = memory(stream);
        int consumed = 0;
        int produced = 0;
        int pendingParams = params;
        try {
            for (int calls = 0; !engine.finished(); calls++) {
                assertTrue(calls < 3, "not finished after " + calls + " calls with room for everything");
                DeflaterCall call = new DeflaterCall(engine, FINISH, pendingParams);
                call.run(inMemory ? null : data, (inMemory ? in : 0) + consumed, data.length - consumed,
                                outMemory ? null : stream, (outMemory ? out : 0) + produced, stream.length - produced);
                long result = call.result();
                consumed += (int) (result & 0x7fff_ffff);
                produced += (int) (result >>> 31 & 0x7fff_ffff);
                pendingParams = result < 0 ? pendingParams : 0;
            }
            if (outMemory) {
                NativeBytes.read(out, stream, stream.length);
            }
        } finally {
            UNSAFE.freeMemory(in);
            UNSAFE.freeMemory(out);
        }
        assertEquals(data.length, consumed);
        return Arrays.copyOf(stream, produced);
    }

    private static long memory(byte[] contents) {
        long address = UNSAFE.allocateMemory(contents.length + 1L);
        NativeBytes.write(contents, address, contents.length);
        return address;
    }
}
