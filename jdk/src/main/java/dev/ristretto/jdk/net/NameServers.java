package dev.ristretto.jdk.net;

import dev.ristretto.jdk.net.dns.DnsResolver;
import dev.ristretto.jdk.net.dns.SocketTransport;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import java.net.UnknownHostException;
import java.util.List;

/** The name servers that the stack knows of. */
final class NameServers {
    private NameServers() {
    }

    private static DnsResolver resolver() {
        MachineNetwork.awaitConfiguration();
        Network network = MachineNetwork.get();
        return new DnsResolver(new SocketTransport(network, MachineNetwork.random()), network.nameServers(), network.searchDomains());
    }

    static List<IpAddress> lookUp(String host, boolean ipv4, boolean ipv6) throws UnknownHostException {
        // An address of a version that this machine does not speak helps nobody, and asking for it takes time (RFC 3493 §6.1, AI_ADDRCONFIG).
        DnsResolver resolver = resolver();
        return resolver.addresses(host, ipv4, ipv6 && (!ipv4 || speaksIpv6()));
    }

    static String nameOf(IpAddress address) throws UnknownHostException {
        return resolver().name(address);
    }

    private static boolean speaksIpv6() {
        for (InterfaceInfo info : MachineNetwork.get().interfaces()) {
            for (InterfaceAddress address : info.addresses()) {
                if (address.address().isV6() && !address.address().isLoopback() && !address.address().isLinkLocal()) {
                    return true;
                }
            }
        }
        return false;
    }
}
