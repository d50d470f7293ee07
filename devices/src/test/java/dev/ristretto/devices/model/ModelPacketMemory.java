package dev.ristretto.devices.model;

import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.network.device.PacketMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/** Packets in the memory of a {@link ModelHost}. */
public final class ModelPacketMemory implements PacketMemory {
    private final ModelHost host;
    private final Map<ByteBuffer, Long> addresses = new IdentityHashMap<>();

    public ModelPacketMemory(ModelHost host) {
        this.host = host;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        DmaMemory memory = host.allocate(bytes);
        ByteBuffer buffer = MemorySegment.ofAddress(memory.address()).reinterpret(bytes).asByteBuffer();
        addresses.put(buffer, memory.busAddress(0));
        return buffer;
    }

    @Override
    public long deviceAddress(ByteBuffer buffer) {
        return addresses.get(buffer);
    }
}
