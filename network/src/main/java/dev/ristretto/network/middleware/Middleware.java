package dev.ristretto.network.middleware;

import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;

/** A device that passes everything on, for others to build on: override {@link #transmit} and {@link #received(Packet)}. */
public abstract class Middleware implements NetworkDevice, DeviceListener {
    private final NetworkDevice below;
    private volatile DeviceListener above;

    protected Middleware(NetworkDevice below) {
        this.below = below;
    }

    /** Gives a frame to the device below; as {@link NetworkDevice#transmit}. */
    protected final boolean passDown(Packet packet) {
        return below.transmit(packet);
    }

    /** Gives a frame to whoever listens. */
    protected final void passUp(Packet packet) {
        DeviceListener listener = above;
        if (listener == null) {
            packet.release();
        } else {
            listener.received(packet);
        }
    }

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public MacAddress macAddress() {
        return below.macAddress();
    }

    @Override
    public int mtu() {
        return below.mtu();
    }

    @Override
    public boolean linkUp() {
        return below.linkUp();
    }

    @Override
    public int features() {
        return below.features();
    }

    @Override
    public int headroom() {
        return below.headroom();
    }

    @Override
    public void attach(DeviceListener listener) {
        above = listener;
        below.attach(listener == null ? null : this);
    }

    @Override
    public boolean transmit(Packet packet) {
        return passDown(packet);
    }

    @Override
    public void flush() {
        below.flush();
    }

    @Override
    public void received(Packet packet) {
        passUp(packet);
    }

    @Override
    public void transmitReady() {
        DeviceListener listener = above;
        if (listener != null) {
            listener.transmitReady();
        }
    }

    @Override
    public void linkChanged(boolean up) {
        DeviceListener listener = above;
        if (listener != null) {
            listener.linkChanged(up);
        }
    }
}
