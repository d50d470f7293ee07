package dev.ristretto.jdk.net;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceInfo;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;

/** {@link MachineNetwork} as names and interfaces see it. */
final class MachineNetworkView extends NetworkView {
    @Override
    String hostName() {
        return MachineNetwork.hostName();
    }

    @Override
    List<InterfaceInfo> interfaces() {
        MachineNetwork.awaitConfiguration();
        return MachineNetwork.get().interfaces();
    }

    @Override
    List<IpAddress> lookUp(String host, boolean ipv4, boolean ipv6) throws UnknownHostException {
        return NameServers.lookUp(host, ipv4, ipv6);
    }

    @Override
    String nameOf(IpAddress address) throws UnknownHostException {
        return NameServers.nameOf(address);
    }

    @Override
    boolean isReachable(IpAddress address, int millis, byte[] source, int hops) throws IOException {
        return Reachability.test(address, millis, source, hops);
    }
}
