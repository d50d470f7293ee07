package dev.ristretto.devices.network;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.kernel.entropy.Entropy;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.PacketPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The network cards of this machine. An image that does not reach this class contains no driver. */
public final class NetworkCards {
    private NetworkCards() {
    }

    /** {@link #open(PacketPool, PacketPool, Consumer)} without large packets: no card puts frames together. */
    public static List<NetworkCard> open(PacketPool pool, Consumer<String> log) {
        return open(pool, null, log);
    }

    /**
     * Brings up all cards, each with a thread of its own, named {@code eth0}, {@code eth1} and so on. Once.
     *
     * @param pool  packets to receive into, made with {@link dev.ristretto.devices.bus.DevicePacketMemory}; at most half of them are kept by
     *              each card. 2048 bytes each are right
     * @param large packets for frames that cards put together from many: each at least 65,565 bytes; or null
     * @param log   takes a sentence about each card that cannot be used, and later about one that is stopped; from any thread
     * @return those that run; empty on a machine without, such as a process
     */
    public static List<NetworkCard> open(PacketPool pool, PacketPool large, Consumer<String> log) {
        List<NetworkCard> cards = new ArrayList<>();
        for (Transport transport : MachineDevices.virtio(NetworkCard.TYPE, log)) {
            NetworkCard card = NetworkCard.start(transport, MachineDevices.host(), "eth" + cards.size(), pool, large, randomAddress(), log);
            if (card != null) {
                cards.add(card);
            }
        }
        return cards;
    }

    /** An address for a card that has none: locally administered (IEEE 802 §8.4). */
    private static MacAddress randomAddress() {
        byte[] bytes = new byte[6];
        if (Entropy.machineHasOwn()) {
            Entropy.fill(bytes, 0, bytes.length);
        }
        bytes[0] = (byte) (bytes[0] & 0xFC | 2);
        return MacAddress.of(bytes);
    }
}
