package dev.ristretto.devices.bus;

import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.kernel.device.DeviceInterrupt;
import dev.ristretto.machine.DeviceBus;

/** An interrupt of the machine's that wakes a thread of the kernel's. */
final class KernelInterrupt implements Interrupt {
    private final DeviceInterrupt interrupt;

    KernelInterrupt(DeviceInterrupt interrupt) {
        this.interrupt = interrupt;
    }

    @Override
    public void await(long deadline) {
        interrupt.await(deadline);
    }

    @Override
    public void raise() {
        interrupt.raise();
    }

    @Override
    public Interrupt claimSibling() {
        DeviceInterrupt sibling = interrupt.claimSibling();
        return sibling == null ? null : new KernelInterrupt(sibling);
    }

    @Override
    public boolean takeRaised() {
        return interrupt.takeRaised();
    }

    @Override
    public long messageAddress() {
        return DeviceBus.get().messageAddress(interrupt.number());
    }

    @Override
    public int messageData() {
        return DeviceBus.get().messageData(interrupt.number());
    }

    @Override
    public boolean connectLine(int line, boolean level) {
        return DeviceBus.get().connectLine(line, level, interrupt.number());
    }

    @Override
    public boolean connectIsaLine(int line, boolean level) {
        return DeviceBus.get().connectIsaLine(line, level, interrupt.number());
    }

    @Override
    public void rearm() {
        DeviceBus.get().rearm(interrupt.number());
    }
}
