package dev.ristretto.network.device.stream;

import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.Packet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames on their way into a stream. They are gathered and written together; what the stream does not take at once waits for the card's
 * thread. Any thread may call; all is done under a lock that is never held while others are called. Allocates nothing after construction.
 */
final class StreamTransmitter {
    private static final int PREFIX = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final ByteStream stream;
    private final ByteBuffer output;
    private final DeviceCounters counters;
    /** What is to be written. */
    private int begin;
    private int end;
    private boolean streamIsFull;
    private boolean senderWaits;
    private boolean stopped;
    private volatile String fault;

    StreamTransmitter(ByteStream stream, DeviceCounters counters) {
        this.stream = stream;
        this.counters = counters;
        output = stream.output().order(ByteOrder.BIG_ENDIAN);
    }

    /** See {@code NetworkDevice.transmit}. */
    boolean transmit(Packet packet) {
        lock.lock();
        try {
            int length = packet.length();
            if (!stopped && length > 0 && !fits(length)) {
                senderWaits = true;
                return false;
            }
            if (stopped || length == 0) {
                counters.transmitDropped++;
            } else {
                output.putInt(end, length);
                output.put(end + PREFIX, packet.buffer(), packet.start(), length);
                end += PREFIX + length;
                counters.transmitted++;
            }
            packet.release();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for a frame, if that is possible. */
    private boolean fits(int length) {
        if (output.capacity() - end >= PREFIX + length) {
            return true;
        }
        push();
        if (begin > 0 && output.capacity() - end < PREFIX + length) {
            output.put(0, output, begin, end - begin);
            end -= begin;
            begin = 0;
        }
        return output.capacity() - end >= PREFIX + length;
    }

    /** Writes what was gathered. */
    void flush() {
        lock.lock();
        try {
            push();
        } finally {
            lock.unlock();
        }
    }

    private void push() {
        if (streamIsFull || begin == end || fault != null) {
            return;
        }
        int written = stream.write(begin, end - begin);
        if (written < 0) {
            fault = "is gone: what was at the other end of the cable has ended";
            stream.wake();
            return;
        }
        begin += written;
        if (begin == end) {
            begin = 0;
            end = 0;
        } else {
            streamIsFull = true;
            stream.wake(); // its thread waits for input alone
        }
    }

    /** From the card's thread: goes on; true if a sender waits and there is room now. */
    boolean service() {
        lock.lock();
        try {
            streamIsFull = false;
            push();
            boolean ready = senderWaits && (!streamIsFull || stopped || fault != null);
            senderWaits &= !ready;
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** True while the stream takes no more. */
    boolean waits() {
        lock.lock();
        try {
            return streamIsFull;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing can be sent any more, or null. */
    String fault() {
        return fault;
    }

    /** From now on everything is dropped. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }
}
