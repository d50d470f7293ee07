package dev.ristretto.jdk.net.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class EventCounterTest {
    private final EventCounter counter = new EventCounter();

    private static ByteBuffer number(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).flip();
    }

    private long read() throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        assertEquals(8, counter.read(buffer));
        return buffer.flip().getLong();
    }

    @Test
    void readingTakesTheSum() throws Exception {
        counter.write(number(40));
        counter.increment();
        counter.increment();
        assertEquals(42, read());
        assertEquals(Readiness.OUT, counter.readiness());
    }

    @Test
    void atItsLimitItTakesNoMore() throws Exception {
        counter.setBlocking(false);
        counter.write(number(-2));
        assertEquals(Readiness.IN, counter.readiness());
        assertEquals(Errno.EAGAIN, assertThrows(ErrnoException.class, () -> counter.write(number(1))).errno());
        assertEquals(-2, read());
        assertEquals(Errno.EAGAIN, assertThrows(ErrnoException.class, this::read).errno());
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> counter.write(ByteBuffer.allocate(7))).errno());
        assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> counter.write(number(-1))).errno());
        assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> counter.read(ByteBuffer.allocate(7))).errno());
    }
}
