package dev.ristretto.devices.entropy;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.kernel.entropy.Entropy;
import java.util.function.Consumer;

/** The entropy devices of this machine. An image that does not reach this class contains no driver. */
public final class EntropyCards {
    private EntropyCards() {
    }

    /**
     * Lets the first entropy device that works feed {@link Entropy}, beside the machine's own generator or in its place.
     *
     * @param log takes a sentence about each device that cannot be used, and later if this one is stopped; from any thread
     * @return true if there is one
     */
    public static boolean attach(Consumer<String> log) {
        for (Transport transport : MachineDevices.virtio(EntropyCard.TYPE, log)) {
            EntropyCard card = EntropyCard.start(transport, MachineDevices.host(), log);
            if (card != null) {
                Entropy.addDevice(card::fill);
                return true;
            }
        }
        return false;
    }
}
