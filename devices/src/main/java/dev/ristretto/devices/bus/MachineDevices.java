package dev.ristretto.devices.bus;

import dev.ristretto.devices.block.FileAccess;
import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.pci.ConfigSpace;
import dev.ristretto.devices.pci.PciBus;
import dev.ristretto.devices.pci.PciFunction;
import dev.ristretto.devices.share.StreamAccess;
import dev.ristretto.devices.virtio.MmioTransport;
import dev.ristretto.devices.virtio.PciTransport;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.kernel.boot.BootArguments;
import dev.ristretto.kernel.device.DeviceFiles;
import dev.ristretto.kernel.device.DeviceFolders;
import dev.ristretto.kernel.device.DeviceStream;
import dev.ristretto.machine.DeviceBus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The devices of the machine that this image found itself on. They are looked for when first asked for. Any thread may call. */
public final class MachineDevices {
    private static MachineDevices found;

    private final DeviceHost host = new KernelHost();
    private final List<PciFunction> functions = new ArrayList<>();
    private final List<RegisterBlock> blocks = new ArrayList<>();

    private MachineDevices(Consumer<String> log) {
        DeviceBus bus = DeviceBus.get();
        if (bus.hasPci()) {
            functions.addAll(new PciBus(new MachineConfigSpace(bus)).functions());
        }
        for (String word : BootArguments.virtioDevices()) {
            RegisterBlock block = RegisterBlock.parse(word);
            if (block == null) {
                log.accept("the command line tells of a device in a way that means nothing: virtio_mmio.device=" + word
                    + " (as in 512@0xfeb00000:5)");
            } else {
                add(block);
            }
        }
        for (int i = 0; i < bus.virtioBlocks(); i++) {
            add(new RegisterBlock(bus.virtioBlockAddress(i), RegisterBlock.USUAL_SIZE, bus.virtioBlockLine(i)));
        }
    }

    private record MachineConfigSpace(DeviceBus bus) implements ConfigSpace {
        @Override
        public int read(int function, int offset) {
            return bus.readPci(function, offset);
        }

        @Override
        public void write(int function, int offset, int value) {
            bus.writePci(function, offset, value);
        }
    }

    /** Firmware and command line may tell of the same. */
    private void add(RegisterBlock block) {
        if (blocks.stream().noneMatch(other -> other.address() == block.address())) {
            blocks.add(block);
        }
    }

    /** True if this machine has a bus; what is false on a process. */
    public static boolean arePresent() {
        return DeviceBus.isPresent();
    }

    private static synchronized MachineDevices get(Consumer<String> log) {
        if (found == null) {
            found = new MachineDevices(log);
        }
        return found;
    }

    /**
     * Transports to all virtio devices of a type, in the order of their place: PCI first, then registers in memory as they were told of.
     *
     * @param type as in virtio 1.2 §5
     * @param log  takes a sentence about each device that is there and cannot be used
     */
    public static List<Transport> virtio(int type, Consumer<String> log) {
        List<Transport> transports = new ArrayList<>();
        if (arePresent()) {
            get(log).collect(type, log, transports);
        }
        return transports;
    }

    private void collect(int type, Consumer<String> log, List<Transport> into) {
        for (PciFunction function : functions) {
            if (PciTransport.isVirtio(function) && PciTransport.type(function) == type) {
                PciTransport transport = PciTransport.of(function, host);
                if (transport == null) {
                    log.accept("the virtio device at " + function + " offers no interface of virtio 1.0 or later that can be used");
                } else {
                    into.add(transport);
                }
            }
        }
        for (RegisterBlock block : blocks) {
            MmioTransport transport = MmioTransport.of(block.address(), block.size(), block.line(), host, log);
            if (transport != null && transport.type() == type) {
                into.add(transport);
            }
        }
    }

    /**
     * The cable of a machine without a bus, if it has one that carries a stream of bytes, with memory of {@code window} bytes for each
     * direction.
     *
     * @return null if there is none
     */
    public static KernelStream stream(int window) {
        return DeviceStream.isPresent() && DeviceStream.mtu() == 0 ? new KernelStream(memory(window), memory(window)) : null;
    }

    /**
     * The cable of a machine without a bus, if it has one that carries whole frames, with memory of {@code input} bytes for one.
     *
     * @return null if there is none
     */
    public static KernelFrames frames(int input) {
        return DeviceStream.isPresent() && DeviceStream.mtu() != 0 ? new KernelFrames(memory(input)) : null;
    }

    private static DmaMemory memory(int bytes) {
        DmaMemory memory = host().allocateUndefined(bytes);
        if (memory == null) {
            throw new OutOfMemoryError("no memory for the network: give the machine more memory");
        }
        return memory;
    }

    /** The files that hold the disks of a machine without a bus. */
    public static List<FileAccess> diskFiles() {
        List<FileAccess> files = new ArrayList<>();
        for (int i = 0; i < DeviceFiles.count(); i++) {
            files.add(new KernelFile(i));
        }
        return files;
    }

    /** The stream to the folders that are lent to a machine without a bus; null if there is none. */
    public static StreamAccess folders() {
        return DeviceFolders.arePresent() ? new KernelFolders() : null;
    }

    /** The folders that can be reached by {@link #folders()}, as their host calls them. */
    public static List<String> folderTags() {
        return BootArguments.folders();
    }

    /** What drivers run on here. */
    public static DeviceHost host() {
        return new KernelHost();
    }
}
