package dev.ristretto.network.middleware;

import dev.ristretto.network.RandomSource;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;
import dev.ristretto.network.wire.Checksum;

/** Does to frames what bad networks do. With a seeded source of randomness it does the same each time. */
public final class FaultDevice extends Middleware {
    /** Frames on their way at a time, beyond which more are dropped: that is what a full queue does. */
    private static final int LIMIT = 4096;

    private final Faults faults;
    private final RandomSource random;
    private final StackContext context;
    private int underWay;

    /** Makes it around a device; {@code context} is that of the stack that the device is for. */
    public FaultDevice(NetworkDevice below, Faults faults, RandomSource random, StackContext context) {
        super(below);
        this.faults = faults;
        this.random = random;
        this.context = context;
    }

    private boolean happens(double chance) {
        return chance > 0 && (random.nextLong() >>> 11) * 0x1p-53 < chance;
    }

    @Override
    public boolean transmit(Packet packet) {
        context.lock().lock();
        try {
            return pass(packet, false);
        } finally {
            context.lock().unlock();
        }
    }

    @Override
    public void received(Packet packet) {
        context.lock().lock();
        try {
            pass(packet, true);
        } finally {
            context.lock().unlock();
        }
    }

    private boolean pass(Packet packet, boolean up) {
        if (happens(faults.drop())) {
            packet.release();
            return true;
        }
        if (happens(faults.corrupt()) && packet.length() > 0 && packet.references() == 1 && packet.gsoSize() == 0) {
            if (packet.needsChecksum()) {
                complete(packet);
            }
            int bit = random.nextInt(packet.length() * 8);
            int at = packet.start() + (bit >> 3);
            packet.buffer().put(at, (byte) (packet.buffer().get(at) ^ 1 << (bit & 7)));
            // Nobody vouches for it any more, or the fault would go unnoticed.
            packet.checksumValid(false);
        }
        if (happens(faults.duplicate())) {
            Packet copy = copy(packet);
            if (copy != null) {
                later(copy, up);
            }
        }
        long wait = faults.delayNanos() + (happens(faults.reorder()) ? 1_000_000 + random.nextInt(9_000_000) : 0);
        if (wait == 0) {
            return deliver(packet, up);
        }
        later(packet, up, wait);
        return true;
    }

    /** The checksum is made before the damage, or the card would vouch for what is damaged. */
    private static void complete(Packet packet) {
        int from = packet.checksumStart();
        int sum = Checksum.finish(Checksum.sum(packet.buffer(), from, packet.end() - from));
        packet.buffer().putShort(from + packet.checksumOffset(), (short) sum);
        packet.checksumDone();
    }

    private boolean deliver(Packet packet, boolean up) {
        if (up) {
            passUp(packet);
            return true;
        }
        return passDown(packet);
    }

    private void later(Packet packet, boolean up) {
        later(packet, up, faults.delayNanos() + 1 + random.nextInt(1_000_000));
    }

    private void later(Packet packet, boolean up, long wait) {
        if (underWay >= LIMIT) {
            packet.release();
            return;
        }
        underWay++;
        context.timers().set(new Timer(now -> {
            underWay--;
            if (!deliver(packet, up)) {
                packet.release();
            } else if (!up) {
                flush();
            }
        }), context.clock().nanos() + wait);
    }

    /** Returns a copy from the same pool, or null. */
    private static Packet copy(Packet packet) {
        Packet copy = packet.pool().acquire(packet.start());
        if (copy != null) {
            copy.append(packet.length());
            copy.buffer().put(copy.start(), packet.buffer(), packet.start(), packet.length());
            copy.checksumValid(packet.checksumValid());
            if (packet.needsChecksum()) {
                copy.needChecksum(packet.checksumStart(), packet.checksumOffset());
            }
            copy.segment(packet.gsoType(), packet.gsoSize(), packet.gsoHeaderLength());
        }
        return copy;
    }

    /** Returns how many frames are on their way. */
    public int underWay() {
        return underWay;
    }
}
