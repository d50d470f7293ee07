package dev.ristretto.devices.bus;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.memory.MappedRegisters;
import dev.ristretto.devices.memory.Registers;
import dev.ristretto.kernel.device.DeviceInterrupt;
import dev.ristretto.kernel.device.DeviceMemory;
import dev.ristretto.kernel.device.DeviceThread;

/** Drivers run on the kernel. Where not {@link MachineDevices#arePresent}, memory and threads alone are to be had. */
public final class KernelHost implements DeviceHost {
    @Override
    public DmaMemory allocate(int bytes) {
        DmaMemory memory = allocateUndefined(bytes);
        if (memory != null) {
            memory.clear(0, memory.size());
        }
        return memory;
    }

    @Override
    public DmaMemory allocateUndefined(int bytes) {
        int size = Math.ceilDiv(bytes, DeviceMemory.PAGE) * DeviceMemory.PAGE;
        long address = DeviceMemory.allocate(size);
        return address == 0 ? null : new DmaMemory(address, address, size);
    }

    @Override
    public void free(DmaMemory memory) {
        DeviceMemory.free(memory.address(), memory.size());
    }

    @Override
    public Registers registers(long busAddress, long bytes) {
        long address = DeviceMemory.mapRegisters(busAddress, bytes);
        return address == 0 ? null : new MappedRegisters(address, bytes);
    }

    @Override
    public Interrupt claimInterrupt() {
        DeviceInterrupt interrupt = DeviceInterrupt.claim();
        return interrupt == null ? null : new KernelInterrupt(interrupt);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void startThread(String name, Runnable body) {
        DeviceThread.start(name, body);
    }
}
