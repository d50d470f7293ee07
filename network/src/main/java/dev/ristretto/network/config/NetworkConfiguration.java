package dev.ristretto.network.config;

import dev.ristretto.network.IpAddress;
import java.util.List;

/**
 * How one card gets its addresses.
 *
 * @param dhcp whether IPv4 comes from a DHCP server
 * @param autoconfiguration whether IPv6 addresses come from routers (SLAAC); a link-local address is made whenever {@code ipv6}
 * @param temporaryAddresses whether connections are made from addresses that change every day (RFC 8981), where {@code autoconfiguration} gives
 *     one at all
 * @param ipv4 whether IPv4 is spoken at all
 * @param ipv6 whether IPv6 is spoken at all
 * @param addresses fixed ones, besides what else there is
 * @param gateways fixed default routers, at most one for each IP version
 * @param mtu bytes, 68 to the card's; 0 for the card's own
 * @param nameServers fixed ones, asked before those that DHCP or routers name
 * @param searchDomains fixed ones, tried before those that DHCP names
 */
public record NetworkConfiguration(boolean dhcp, boolean autoconfiguration, boolean temporaryAddresses, boolean ipv4, boolean ipv6, List<InterfaceAddress> addresses,
        List<IpAddress> gateways, int mtu, List<IpAddress> nameServers, List<String> searchDomains) {
    /** What a card is given when nobody says anything: DHCP and SLAAC. */
    public static final NetworkConfiguration AUTOMATIC = new NetworkConfiguration(true, true, false, true, true, List.of(), List.of(), 0, List.of(),
            List.of());

    public NetworkConfiguration {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
        nameServers = List.copyOf(nameServers);
        searchDomains = List.copyOf(searchDomains);
    }

    /** Returns fixed addresses, without DHCP and SLAAC; with IPv6 if one of them is. */
    public static NetworkConfiguration fixed(List<InterfaceAddress> addresses, List<IpAddress> gateways) {
        return new NetworkConfiguration(false, false, false, true, addresses.stream().anyMatch(a -> a.address().isV6()), addresses, gateways, 0,
                List.of(), List.of());
    }
}
