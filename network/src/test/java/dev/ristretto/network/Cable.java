package dev.ristretto.network;

import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Cards on one Ethernet: what one sends, all others may receive when {@link #deliver} is called. */
final class Cable {
    private final List<Card> cards = new ArrayList<>();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    /** Every frame that was sent, for tests to look at. */
    final List<byte[]> sent = new ArrayList<>();

    private record Frame(Card from, byte[] bytes) {
    }

    Card card(String name, int mtu, int features) {
        Card card = new Card(name, 0x5254_0000_0001L + cards.size(), mtu, features);
        cards.add(card);
        return card;
    }

    /** Delivers what is on the cable, as long as there is anything; returns whether there was. */
    boolean deliver() {
        boolean any = false;
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            any = true;
            for (Card card : cards) {
                if (card != frame.from) {
                    card.receive(frame.bytes);
                }
            }
        }
        return any;
    }

    final class Card implements NetworkDevice {
        final PacketPool pool;
        private final String name;
        private final long mac;
        private final int mtu;
        private final int features;
        private DeviceListener listener;
        private boolean up = true;
        /** Frames that fit in the ring; fewer make {@link #transmit} refuse. */
        int ring = Integer.MAX_VALUE;
        int lost;

        Card(String name, long mac, int mtu, int features) {
            this.name = name;
            this.mac = mac;
            this.mtu = mtu;
            this.features = features;
            pool = new PacketPool(ByteBuffer::allocate, 64, mtu + 64);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public MacAddress macAddress() {
            return new MacAddress(mac);
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public boolean linkUp() {
            return up;
        }

        void link(boolean nowUp) {
            up = nowUp;
            listener.linkChanged(nowUp);
        }

        @Override
        public int features() {
            return features;
        }

        @Override
        public void attach(DeviceListener newListener) {
            listener = newListener;
        }

        DeviceListener listener() {
            return listener;
        }

        @Override
        public boolean transmit(Packet packet) {
            if (ring == 0) {
                return false;
            }
            ring--;
            byte[] bytes = new byte[packet.length()];
            packet.buffer().get(packet.start(), bytes);
            sent.add(bytes);
            frames.add(new Frame(this, bytes));
            packet.release();
            return true;
        }

        /** Puts a frame on the cable as if this card had sent it. */
        void send(byte[] bytes) {
            frames.add(new Frame(this, bytes));
        }

        void receive(byte[] bytes) {
            Packet packet = pool.acquire(2);
            if (listener == null || packet == null || !up || packet.tailroom() < bytes.length) {
                lost++;
                if (packet != null) {
                    packet.release();
                }
                return;
            }
            packet.buffer().put(packet.append(bytes.length), bytes);
            listener.received(packet);
        }
    }
}
