package dev.ristretto.network.device.stream;

import dev.ristretto.network.device.DeviceCounters;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Cuts what a stream brings into frames. For the card's thread alone. Allocates nothing after construction. */
final class StreamReceiver {
    private static final int BATCH = 64;
    private static final int PREFIX = 4;
    private static final int LEAST_FRAME = 14;
    /** An IP packet of 65,535 bytes, an Ethernet header and a VLAN tag. */
    private static final int MOST_FRAME = 65_535 + 18;

    private final ByteStream stream;
    private final ByteBuffer input;
    private final PacketPool pool;
    private final PacketPool large;
    private final DeviceCounters counters;
    private final Packet[] batch = new Packet[BATCH];
    private int count;
    /** What was read and not handed on. */
    private int begin;
    private int end;
    private String fault;

    StreamReceiver(ByteStream stream, PacketPool pool, PacketPool large, DeviceCounters counters) {
        this.stream = stream;
        this.pool = pool;
        this.large = large;
        this.counters = counters;
        input = stream.input().order(ByteOrder.BIG_ENDIAN);
    }

    /** Why nothing can be received any more, or null. */
    String fault() {
        return fault;
    }

    /**
     * Reads once and hands on the frames that are complete.
     *
     * @param listener who gets them, or null: then they are dropped
     * @return true if there may be more to read
     */
    boolean receive(DeviceListener listener) {
        int room = input.capacity() - end;
        int read = stream.read(end, room);
        if (read < 0) {
            fault = "is gone: what was at the other end of the cable has ended";
            return false;
        }
        end += read;
        try {
            cut(listener);
        } finally {
            count = 0;
        }
        makeRoom();
        return read == room && fault == null;
    }

    private void cut(DeviceListener listener) {
        while (end - begin >= PREFIX && fault == null) {
            int length = input.getInt(begin);
            if (length < LEAST_FRAME || length > MOST_FRAME) {
                fault = "announces a frame of " + (length & 0xFFFF_FFFFL) + " bytes, which none has";
                break;
            }
            if (end - begin < PREFIX + length) {
                break;
            }
            int at = begin + PREFIX;
            begin = at + length;
            take(at, length, listener);
        }
        deliver(listener);
    }

    private void take(int at, int length, DeviceListener listener) {
        Packet packet = listener == null ? null : packet(length);
        if (packet == null && count > 0) {
            deliver(listener); // which mostly gives packets back
            packet = packet(length);
        }
        if (packet == null) {
            counters.receiveDropped++;
            return;
        }
        packet.append(length);
        packet.buffer().put(packet.start(), input, at, length);
        packet.checksumValid(true);
        batch[count++] = packet;
        if (count == BATCH) {
            deliver(listener);
        }
    }

    private Packet packet(int length) {
        PacketPool from = length <= pool.packetBytes() ? pool : large;
        return from == null || length > from.packetBytes() ? null : from.acquire(0);
    }

    private void deliver(DeviceListener listener) {
        if (count > 0) {
            int frames = count;
            count = 0;
            counters.received += frames;
            listener.received(batch, frames);
        }
    }

    /** What is there is less than a frame: moves it to the front if the rest of it may not fit behind. */
    private void makeRoom() {
        if (begin == end) {
            begin = 0;
            end = 0;
        } else if (input.capacity() - begin < PREFIX + MOST_FRAME) {
            input.put(0, input, begin, end - begin);
            end -= begin;
            begin = 0;
        }
    }
}
