package dev.ristretto.imagetests.programs;

import dev.ristretto.devices.bus.DevicePacketMemory;
import dev.ristretto.devices.network.NetworkCards;
import dev.ristretto.network.device.CountedDevice;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Uses network cards below any network: frames in, frames out, as the test asks on the console. */
final class Cards {
    private static final int PACKET = 2048;
    private static final int LARGE = 66_000;
    private static final int ETHERNET = 14;
    /** For experiments (IEEE 802). */
    private static final int ECHO = 0x88B5;
    private static final int ARP = 0x0806;

    private Cards() {
    }

    /** Prints what cards there are, then does what each line of input says, until the input ends. */
    static void run(String[] args) throws IOException {
        PacketPool pool = new PacketPool(new DevicePacketMemory(), 512, PACKET);
        PacketPool large = new PacketPool(new DevicePacketMemory(), 8, LARGE);
        List<NetworkDevice> cards = new ArrayList<>(NetworkCards.open(pool, () -> large, line -> System.out.println("log: " + line)));
        NetworkDevice cable = NetworkCards.openCable(pool, large, line -> System.out.println("log: " + line));
        if (cable != null) {
            cards.add(cable);
        }
        System.out.println("cards=" + cards.size());
        for (NetworkDevice card : cards) {
            card.attach(new Echo(card, pool, large));
            System.out.println(card.name() + " mac=" + card.macAddress() + " mtu=" + card.mtu() + " up=" + card.linkUp() + " features="
                + card.features());
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            NetworkDevice card = cards.isEmpty() ? null : cards.getFirst();
            switch (words[0]) {
                case "arp" -> send(card, pool, arpRequest(card, words[1]));
                case "send" -> burst(card, pool, Integer.parseInt(words[1]));
                case "large" -> sendLarge(card, large, words[1], Integer.parseInt(words[2]));
                case "counts" -> System.out.println(counts(card) + " inuse=" + pool.inUse());
                default -> System.out.println("what? " + line);
            }
        }
    }

    private static String counts(NetworkDevice device) {
        return device instanceof CountedDevice card ? "received=" + card.received() + " dropped=" + card.receiveDropped() + " sent=" + card.transmitted()
                + " senddropped=" + card.transmitDropped() : "";
    }

    private static byte[] arpRequest(NetworkDevice card, String target) {
        byte[] frame = new byte[60];
        HexFormat hex = HexFormat.of();
        String mac = card.macAddress().toString().replace(":", "");
        String[] parts = target.split("\\.");
        StringBuilder address = new StringBuilder();
        for (String part : parts) {
            address.append(hex.toHexDigits((byte) Integer.parseInt(part)));
        }
        byte[] head = hex.parseHex("ffffffffffff" + mac + "0806" + "0001080006040001" + mac + "0a00020f" + "000000000000" + address);
        System.arraycopy(head, 0, frame, 0, head.length);
        return frame;
    }

    private static void send(NetworkDevice card, PacketPool pool, byte[] frame) {
        Packet packet = pool.acquire(card.headroom());
        packet.buffer().put(packet.append(frame.length), frame);
        if (!card.transmit(packet)) {
            packet.release();
        }
        card.flush();
    }

    /** As many numbered frames as fast as the card takes them. */
    private static void burst(NetworkDevice card, PacketPool pool, int count) {
        byte[] frame = new byte[1000];
        byte[] mac = card.macAddress().bytes();
        System.arraycopy(new byte[] {-1, -1, -1, -1, -1, -1}, 0, frame, 0, 6);
        System.arraycopy(mac, 0, frame, 6, 6);
        frame[12] = (byte) (ECHO >>> 8);
        frame[13] = (byte) (ECHO + 1);
        for (int i = 0; i < count; i++) {
            frame[14] = (byte) (i >>> 8);
            frame[15] = (byte) i;
            Packet packet = pool.acquire(card.headroom());
            while (packet == null) {
                card.flush();
                Thread.yield();
                packet = pool.acquire(card.headroom());
            }
            packet.buffer().put(packet.append(frame.length), frame);
            while (!card.transmit(packet)) {
                Thread.yield();
            }
        }
        card.flush();
        System.out.println("burst done");
    }

    /** A TCP segment over IPv4 that the device has to cut and give checksums: from 10.9.9.2 to 10.9.9.1. */
    private static void sendLarge(NetworkDevice card, PacketPool pool, String destination, int payload) {
        HexFormat hex = HexFormat.of();
        String mac = card.macAddress().toString().replace(":", "");
        int total = 40 + payload;
        byte[] head = hex.parseHex(destination.replace(":", "") + mac + "0800"
            + "4500" + hex.toHexDigits((short) total) + "0001" + "4000" + "4006" + "0000" + "0a090902" + "0a090901"
            + "1234" + "5678" + "00000001" + "00000001" + "5010" + "ffff" + "0000" + "0000");
        // the header's own checksum is the stack's, and the pseudo header's sum as well
        put16(head, 24, 0xFFFF & ~sum(head, 14, 20, 0));
        put16(head, 50, sum(head, 26, 8, 6 + 20 + payload));
        Packet packet = pool.acquire(card.headroom());
        packet.buffer().put(packet.append(head.length), head);
        for (int i = 0; i < payload; i++) {
            packet.buffer().put(packet.append(1), (byte) i);
        }
        packet.needChecksum(packet.start() + 34, 16);
        packet.segment(GsoType.TCP_V4, 1448, head.length);
        if (!card.transmit(packet)) {
            packet.release();
        }
        card.flush();
        System.out.println("large sent");
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static int sum(byte[] bytes, int from, int length, int start) {
        int sum = start;
        for (int i = from; i < from + length; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    /** Sends back what is an echo request, prints other frames that mean something to the test. */
    private record Echo(NetworkDevice card, PacketPool pool, PacketPool large) implements DeviceListener {
        @Override
        public void received(Packet packet) {
            int type = packet.length() < ETHERNET ? 0 : packet.u16(12);
            if (type == ECHO) {
                answer(packet);
            } else {
                if (type == ARP && packet.length() >= 42 && packet.u16(20) == 2) {
                    byte[] mac = new byte[6];
                    packet.buffer().get(packet.start() + 22, mac);
                    System.out.println("arp reply from " + HexFormat.of().formatHex(mac));
                } else if (type == 0x0800) {
                    System.out.println("ip length=" + packet.length() + " valid=" + packet.checksumValid());
                }
                packet.release();
            }
        }

        private void answer(Packet packet) {
            int length = packet.length();
            Packet back = (length <= pool.packetBytes() ? pool : large).acquire(card.headroom());
            if (back != null) {
                int at = back.append(length);
                back.buffer().put(at, packet.buffer(), packet.start(), length);
                back.buffer().put(at, packet.buffer(), packet.start() + 6, 6);
                back.buffer().put(at + 6, packet.buffer(), packet.start(), 6);
                if (!card.transmit(back)) {
                    back.release();
                }
                card.flush();
            }
            packet.release();
        }

        @Override
        public void transmitReady() {
            // a lost echo is sent again by the test
        }

        @Override
        public void linkChanged(boolean up) {
            System.out.println("link up=" + up);
        }
    }
}
