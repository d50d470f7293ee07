package dev.ristretto.devices.block;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks of this machine, cards or files. An image that does not reach this class contains no driver. */
public final class BlockCards {
    private static final int LETTERS = 26;

    private BlockCards() {
    }

    /**
     * Brings up all disks, each card with a thread of its own. Once.
     *
     * @param log takes a sentence about each disk that cannot be used, and later about one that is stopped or silent; from any thread
     * @return all of them in the order of their places; null if one cannot be used, as others would be taken for it
     */
    public static List<AttachedDisk> open(Consumer<String> log) {
        List<AttachedDisk> disks = new ArrayList<>();
        for (Transport transport : MachineDevices.virtio(BlockCard.TYPE, log)) {
            String name = name(disks.size());
            BlockCard card = BlockCard.start(transport, MachineDevices.host(), name, log);
            if (card == null) {
                return null;
            }
            disks.add(new AttachedDisk(name, card));
        }
        for (FileAccess file : MachineDevices.diskFiles()) {
            disks.add(new AttachedDisk(name(disks.size()), new FileDisk(file)));
        }
        return disks;
    }

    private static String name(int index) {
        return "vd" + (char) ('a' + index % LETTERS);
    }
}
