package dev.ristretto.devices.bus;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.network.device.PacketMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/**
 * Memory for pools of packets that cards reach, cut from contiguous pieces. What no packet is written to is not touched: on a process it costs
 * neither time nor memory, and a start takes a thousand page faults less. Where there is no bus, the address for devices is the processor's own.
 * Any thread may call, one at a time.
 */
public final class DevicePacketMemory implements PacketMemory {
    /** Bytes that are taken at a time; buffers begin at multiples of {@link #ALIGNMENT}. */
    private static final int PIECE = 1 << 17;
    /** One that is larger is a piece of its own: two would not fit into one. */
    private static final int LARGE = PIECE / 2;
    private static final int ALIGNMENT = 64;

    private record Piece(ByteBuffer buffer, long busAddress) {
    }

    private final DeviceHost host = MachineDevices.host();
    private final List<Piece> given = new ArrayList<>();
    private DmaMemory piece;
    private int taken;

    @Override
    public ByteBuffer allocate(int bytes) {
        if (bytes > LARGE) {
            return cut(take(bytes), 0, bytes);
        }
        int size = Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
        if (piece == null || size > piece.size() - taken) {
            piece = take(PIECE);
            taken = 0;
        }
        int at = taken;
        taken += size;
        return cut(piece, at, bytes);
    }

    private DmaMemory take(int bytes) {
        DmaMemory memory = host.allocateUndefined(bytes);
        if (memory == null) {
            throw new OutOfMemoryError("no contiguous memory for packets: give the machine more memory");
        }
        return memory;
    }

    private ByteBuffer cut(DmaMemory from, int at, int bytes) {
        ByteBuffer buffer = CTypeConversion.asByteBuffer(Word.pointer(from.address() + at), bytes);
        given.add(new Piece(buffer, from.busAddress(at)));
        return buffer;
    }

    @Override
    public long deviceAddress(ByteBuffer buffer) {
        // a pool asks right after it was given a buffer
        for (int i = given.size() - 1; i >= 0; i--) {
            if (given.get(i).buffer == buffer) {
                long address = given.get(i).busAddress;
                given.remove(i);
                return address;
            }
        }
        return 0;
    }
}
