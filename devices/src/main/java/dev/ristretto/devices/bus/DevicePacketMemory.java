package dev.ristretto.devices.bus;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.network.device.PacketMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import sun.nio.ch.DirectBuffer;

/**
 * Memory for pools of packets that cards reach, cut from contiguous pieces. Where there is no bus it is ordinary direct memory, and its
 * address there the processor's own. Any thread may call, one at a time.
 */
public final class DevicePacketMemory implements PacketMemory {
    /** Bytes that are taken at a time; buffers begin at multiples of {@link #ALIGNMENT}. */
    private static final int PIECE = 1 << 17;
    private static final int ALIGNMENT = 64;

    private record Piece(ByteBuffer buffer, long busAddress) {
    }

    private final DeviceHost host = MachineDevices.host();
    private final List<Piece> given = new ArrayList<>();
    private DmaMemory piece;
    private int taken;

    @Override
    public ByteBuffer allocate(int bytes) {
        if (!MachineDevices.arePresent()) {
            return ByteBuffer.allocateDirect(bytes);
        }
        int size = Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
        if (piece == null || size > piece.size() - taken) {
            piece = host.allocate(Math.max(size, PIECE));
            taken = 0;
            if (piece == null) {
                throw new OutOfMemoryError("no contiguous memory for packets: give the machine more memory");
            }
        }
        ByteBuffer buffer = CTypeConversion.asByteBuffer(Word.pointer(piece.address() + taken), bytes);
        given.add(new Piece(buffer, piece.busAddress(taken)));
        taken += size;
        return buffer;
    }

    @Override
    public long deviceAddress(ByteBuffer buffer) {
        if (!MachineDevices.arePresent()) {
            return ((DirectBuffer) buffer).address();
        }
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
