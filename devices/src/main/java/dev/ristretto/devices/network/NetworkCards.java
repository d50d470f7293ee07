package dev.ristretto.devices.network;

import dev.ristretto.devices.bus.KernelFrames;
import dev.ristretto.devices.bus.KernelStream;
import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.kernel.boot.BootArguments;
import dev.ristretto.kernel.device.DeviceStream;
import dev.ristretto.kernel.entropy.Entropy;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.stream.StreamDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The network cards of this machine. An image that does not reach this class contains no driver. */
public final class NetworkCards {
    private static final String ADDRESS = "ristretto.mac=";
    private static final int TEXT_LENGTH = 17;

    private NetworkCards() {
    }

    /**
     * Brings up all cards, each with a thread of its own, named {@code eth0}, {@code eth1} and so on. Once.
     *
     * @param pool  packets to receive into, made with {@link dev.ristretto.devices.bus.DevicePacketMemory}; at most half of them are kept by
     *              each card. 2048 bytes each are right
     * @param large makes packets of {@link NetworkCard#LARGE_FRAME} bytes, for a card that may spread a frame over many; those of most
     *              networks do not
     * @param log   takes a sentence about each card that cannot be used, and later about one that is stopped; from any thread
     * @return those that run; empty on a machine without, such as a process
     */
    public static List<NetworkCard> open(PacketPool pool, Supplier<PacketPool> large, Consumer<String> log) {
        List<NetworkCard> cards = new ArrayList<>();
        for (Transport transport : MachineDevices.virtio(NetworkCard.TYPE, log)) {
            NetworkCard card = NetworkCard.start(transport, MachineDevices.host(), "eth" + cards.size(), pool, large, randomAddress(), log);
            if (card != null) {
                cards.add(card);
            }
        }
        return cards;
    }

    /** True if this machine can have cards: it has a bus, or a cable. Cheap. */
    public static boolean arePossible() {
        return MachineDevices.arePresent() || DeviceStream.isPresent();
    }

    /**
     * Makes a card of the cable of a machine without a bus, a process, and starts its thread; once. Its address is the one that the command
     * line says, {@value #ADDRESS}{@code 52:54:00:...}, or a random one.
     *
     * @param large packets for frames of up to {@link TapCard#LARGEST_FRAME} bytes
     * @return null if no cable is plugged in
     */
    public static NetworkDevice openCable(PacketPool pool, PacketPool large, Consumer<String> log) {
        KernelFrames frames = MachineDevices.frames(TapCard.INPUT_BYTES);
        if (frames != null) {
            TapCard card = new TapCard(frames, "eth0", frames.mtu(), pool, large, wantedAddress(log), log);
            MachineDevices.host().startThread(card.name(), () -> frames.serve(card::serve, card::waitsForOutput));
            return card;
        }
        KernelStream stream = MachineDevices.stream(StreamDevice.WINDOW);
        if (stream == null) {
            return null;
        }
        StreamDevice card = new StreamDevice(stream, "eth0", pool, large, wantedAddress(log), log);
        MachineDevices.host().startThread(card.name(), () -> stream.serve(card));
        return card;
    }

    private static MacAddress wantedAddress(Consumer<String> log) {
        for (String word : BootArguments.systemWords()) {
            if (word.startsWith(ADDRESS)) {
                MacAddress address = parse(word.substring(ADDRESS.length()));
                if (address != null) {
                    return address;
                }
                log.accept("'" + word + "' on the command line is ignored: it is no Ethernet address of a card, as in " + ADDRESS + "52:54:00:12:34:56");
            }
        }
        return randomAddress();
    }

    private static MacAddress parse(String text) {
        long bits = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            boolean isColon = i % 3 == 2;
            int digit = text.length() == TEXT_LENGTH && !isColon ? Character.digit(text.charAt(i), 16) : -1;
            if (isColon ? text.charAt(i) != ':' : digit < 0) {
                return null;
            }
            bits = isColon ? bits : bits << 4 | digit;
        }
        return bits == 0 || MacAddress.isGroup(bits) ? null : new MacAddress(bits);
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
