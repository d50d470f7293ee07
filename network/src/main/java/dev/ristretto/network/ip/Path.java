package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.Neighbour;
import dev.ristretto.network.link.NeighbourCache;

/** A path: remembers the route, the neighbour and the path MTU until one of them changes. */
final class Path implements IpPath {
    final Ip ip;
    final IpAddress local;
    final IpAddress remote;
    final int wantedInterface;
    /** The interface, or null when there is no way any more. */
    Interface out;
    /** The address on the link that packets go to. */
    IpAddress nextHop;
    Neighbour neighbour;
    int generation;
    private int mtu;
    private int mtuGeneration;

    Path(Ip ip, IpAddress local, IpAddress remote, int wantedInterface) {
        this.ip = ip;
        this.local = local;
        this.remote = remote;
        this.wantedInterface = wantedInterface;
    }

    @Override
    public IpAddress local() {
        return local;
    }

    @Override
    public IpAddress remote() {
        return remote;
    }

    @Override
    public int interfaceIndex() {
        return out == null ? 0 : out.index();
    }

    @Override
    public int mtu() {
        if (!isValid()) {
            return remote.isV4() ? PathMtus.LEAST_V4 : PathMtus.LEAST_V6;
        }
        if (mtuGeneration != ip.pathMtus().generation() || mtu == 0) {
            mtuGeneration = ip.pathMtus().generation();
            mtu = Math.min(out.mtu(remote.isV6()), ip.pathMtus().get(remote.high(), remote.low(), ip.now()));
        }
        return mtu;
    }

    void routeChanged() {
        mtu = 0;
        neighbour = null;
    }

    @Override
    public int headerLength() {
        return remote.isV4() ? 20 : 40;
    }

    @Override
    public boolean segmentationOffload() {
        return isValid() && (out.isLoopback() || (out.features() & (remote.isV4() ? DeviceFeatures.TSO_V4 : DeviceFeatures.TSO_V6)) != 0);
    }

    @Override
    public boolean isLoopback() {
        return isValid() && out.isLoopback();
    }

    @Override
    public boolean isValid() {
        return ip.refresh(this);
    }

    @Override
    public void confirm() {
        if (neighbour != null && !neighbour.isGone()) {
            cache().confirm(neighbour);
        }
    }

    @Override
    public void suspect() {
        if (neighbour != null && !neighbour.isGone()) {
            cache().suspect(neighbour);
        }
    }

    NeighbourCache cache() {
        return remote.isV4() ? out.neighboursV4 : out.neighboursV6;
    }
}
