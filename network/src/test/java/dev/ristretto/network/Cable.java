package dev.ristretto.network;

import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.wire.Checksum;
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

    /** Frames that a card had to cut. */
    int large;

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
            pool = new PacketPool(UsedMemory::allocate, 512, mtu + 64);
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
            if (packet.gsoSize() != 0) {
                large++;
                cut(packet);
            } else {
                byte[] bytes = new byte[packet.length()];
                packet.buffer().get(packet.start(), bytes);
                if (packet.needsChecksum()) {
                    complete(bytes, packet.checksumStart() - packet.start(), packet.checksumOffset());
                }
                put(bytes);
            }
            packet.release();
            return true;
        }

        private void put(byte[] bytes) {
            sent.add(bytes);
            frames.add(new Frame(this, bytes));
        }

        private static void complete(byte[] bytes, int start, int offset) {
            ByteBuffer b = ByteBuffer.wrap(bytes);
            b.putShort(start + offset, (short) Checksum.finish(Checksum.sum(b, start, bytes.length - start)));
        }

        /** What a card does with TSO. */
        private void cut(Packet packet) {
            int headers = packet.gsoHeaderLength();
            int tcp = packet.checksumStart() - packet.start();
            int payload = packet.length() - headers;
            for (int offset = 0; offset < payload; offset += packet.gsoSize()) {
                int length = Math.min(packet.gsoSize(), payload - offset);
                byte[] bytes = new byte[headers + length];
                packet.buffer().get(packet.start(), bytes, 0, headers);
                packet.buffer().get(packet.start() + headers + offset, bytes, headers, length);
                ByteBuffer b = ByteBuffer.wrap(bytes);
                b.putInt(tcp + 4, b.getInt(tcp + 4) + offset);
                if (offset + length < payload) {
                    b.put(tcp + 13, (byte) (b.get(tcp + 13) & ~9));
                }
                int whole = b.getShort(tcp + packet.checksumOffset()) & 0xffff;
                // The pseudo header's length was that of the whole.
                long sum = whole + (~(packet.length() - tcp) & 0xffffL) + (bytes.length - tcp);
                b.putShort(tcp + packet.checksumOffset(), (short) Checksum.fold(sum));
                if (packet.gsoType() == GsoType.TCP_V4) {
                    b.putShort(16, (short) (bytes.length - 14));
                    b.putShort(24, (short) 0);
                    b.putShort(24, (short) Checksum.finish(Checksum.sum(b, 14, 20)));
                } else {
                    b.putShort(18, (short) (bytes.length - 54));
                }
                complete(bytes, tcp, packet.checksumOffset());
                put(bytes);
            }
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
