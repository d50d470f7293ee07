package dev.ristretto.devices.block;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks of this machine. An image that does not reach this class contains no driver. */
public final class BlockCards {
    private static final int LETTERS = 26;

    private BlockCards() {
    }

    /**
     * Brings up all disks, each with a thread of its own, named {@code vda}, {@code vdb} and so on in the order of their places. Once.
     *
     * @param log takes a sentence about each disk that cannot be used, and later about one that is stopped or silent; from any thread
     * @return all of them, none on a machine without, such as a process; null if one cannot be used, as others would be taken for it
     */
    public static List<BlockCard> open(Consumer<String> log) {
        List<BlockCard> cards = new ArrayList<>();
        for (Transport transport : MachineDevices.virtio(BlockCard.TYPE, log)) {
            BlockCard card = BlockCard.start(transport, MachineDevices.host(), "vd" + (char) ('a' + cards.size() % LETTERS), log);
            if (card == null) {
                return null;
            }
            cards.add(card);
        }
        return cards;
    }
}
