package dev.ristretto.network;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.dhcp.DhcpClient;
import dev.ristretto.network.dhcp.Lease;
import dev.ristretto.network.ip.Route;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.LocalAddress.Origin;
import dev.ristretto.network.ndp.Autoconfiguration;
import dev.ristretto.network.stack.StackContext;
import java.util.ArrayList;
import java.util.List;

/** Gives one card its addresses and routes: fixed ones, those of DHCP, those of routers. Under the stack's lock. */
final class CardSetup implements DhcpClient.Owner {
    private static final IpAddress DEFAULT_V6 = IpAddress.ANY_V6;

    private final StackContext context;
    private final Stack stack;
    private final Interface card;
    private final NetworkConfiguration configuration;
    private final DhcpClient dhcp;
    private final Autoconfiguration ipv6;
    private Lease lease;

    CardSetup(StackContext context, Stack stack, Interface card) {
        this.context = context;
        this.stack = stack;
        this.card = card;
        configuration = card.configuration();
        dhcp = configuration.dhcp() && configuration.ipv4() ? new DhcpClient(context, stack.ip, card, this) : null;
        ipv6 = configuration.ipv6() ? new Autoconfiguration(context, stack.ip, card, stack.discovery, stack.memberships, stack::addressesChanged) : null;
    }

    Interface card() {
        return card;
    }

    DhcpClient dhcp() {
        return dhcp;
    }

    Autoconfiguration ipv6() {
        return ipv6;
    }

    void begin() {
        if (configuration.ipv4()) {
            stack.memberships.joinOwn(card, IpAddress.ofV4(0xe0000001));
        }
        for (InterfaceAddress fixed : configuration.addresses()) {
            if (fixed.address().isV4()) {
                addV4(fixed.address(), fixed.prefixLength(), Origin.FIXED);
            }
        }
        if (ipv6 != null) {
            ipv6.begin();
        }
        for (IpAddress gateway : configuration.gateways()) {
            IpAddress all = gateway.isV4() ? IpAddress.ANY_V4 : DEFAULT_V6;
            stack.ip.routes().add(new Route(all, 0, gateway, card, 0, Route.Origin.FIXED));
            LocalAddress near = onLink(gateway);
            if (near == null && !gateway.isLinkLocal()) {
                // Clouds give /32 addresses with a router beside them: it is on the link because we are told so.
                stack.ip.routes().add(new Route(gateway, gateway.isV4() ? 32 : 128, null, card, 0, Route.Origin.FIXED));
            }
        }
        stack.addressesChanged();
        if (card.isUp()) {
            linkUp();
        } else {
            context.notices().notice(card.name() + ": no link; is the cable plugged in?");
        }
    }

    private LocalAddress onLink(IpAddress address) {
        for (LocalAddress local : card.addresses()) {
            if (local.isOnLink(address.high(), address.low())) {
                return local;
            }
        }
        return null;
    }

    private LocalAddress addV4(IpAddress address, int prefixLength, Origin origin) {
        LocalAddress local = new LocalAddress(address, prefixLength, origin);
        card.addAddress(local);
        if (prefixLength < 32) {
            IpAddress prefix = IpAddress.ofV4(prefixLength == 0 ? 0 : address.v4() & -1 << 32 - prefixLength);
            stack.ip.routes().add(new Route(prefix, prefixLength, null, card, 0, origin == Origin.DHCP ? Route.Origin.DHCP : Route.Origin.LINK));
        }
        if (card.isUp()) {
            stack.prober.begin(card, local);
        }
        return local;
    }

    /** The link is there, for the first time or again. */
    void linkUp() {
        for (LocalAddress local : List.copyOf(card.addresses())) {
            if (local.address.isV4() && local.origin == Origin.FIXED && (local.timer == null || !local.timer.isSet())) {
                stack.prober.begin(card, local);
            }
        }
        if (dhcp != null) {
            dhcp.start();
        }
        if (ipv6 != null) {
            ipv6.linkUp();
        }
        stack.memberships.reportAll(card);
    }

    void linkDown() {
        if (dhcp != null) {
            dhcp.stop();
        }
        if (ipv6 != null) {
            ipv6.linkDown();
        }
        card.neighboursV4.clear();
        card.neighboursV6.clear();
    }

    @Override
    public void bound(Lease given) {
        boolean sameAddress = lease != null && lease.address().equals(given.address()) && lease.prefixLength() == given.prefixLength();
        if (!sameAddress) {
            removeLease();
            addV4(given.address(), given.prefixLength(), Origin.DHCP);
        }
        stack.ip.routes().removeIf(r -> r.out() == card && r.origin() == Route.Origin.DHCP && r.gateway() != null);
        if (!given.routers().isEmpty() && configuration.gateways().stream().noneMatch(IpAddress::isV4)) {
            stack.ip.routes().add(new Route(IpAddress.ANY_V4, 0, given.routers().get(0), card, 10, Route.Origin.DHCP));
        }
        for (Lease.StaticRoute route : given.routes()) {
            stack.ip.routes().add(new Route(route.prefix(), route.prefixLength(), route.gateway().isAny() ? null : route.gateway(), card, 10,
                    Route.Origin.DHCP));
        }
        card.limitMtu(false, given.mtu() == 0 || configuration.mtu() != 0 ? Integer.MAX_VALUE : given.mtu());
        lease = given;
        stack.addressesChanged();
    }

    @Override
    public void lost() {
        removeLease();
        stack.addressesChanged();
    }

    private void removeLease() {
        lease = null;
        stack.ip.routes().removeIf(r -> r.out() == card && r.origin() == Route.Origin.DHCP);
        for (LocalAddress local : List.copyOf(card.addresses())) {
            if (local.origin == Origin.DHCP) {
                card.removeAddress(local);
            }
        }
    }

    /** Another machine has an address of this card. */
    void conflict(LocalAddress address) {
        if (address.origin == Origin.DHCP && dhcp != null) {
            dhcp.decline();
        } else {
            card.removeAddress(address);
            stack.addressesChanged();
        }
    }

    boolean isConfigured() {
        boolean hasV4 = configuration.addresses().stream().anyMatch(a -> a.address().isV4());
        boolean v4 = dhcp == null || dhcp.isBound() || hasV4;
        return v4 && (ipv6 == null || ipv6.isSettled());
    }

    void nameServers(List<IpAddress> servers) {
        addNew(servers, configuration.nameServers());
    }

    void automaticNameServers(List<IpAddress> servers) {
        if (lease != null) {
            addNew(servers, lease.nameServers());
        }
        if (ipv6 != null) {
            addNew(servers, ipv6.nameServers());
        }
    }

    void searchDomains(List<String> domains) {
        addNew(domains, configuration.searchDomains());
        if (lease != null) {
            addNew(domains, lease.searchDomains());
        }
        if (ipv6 != null) {
            addNew(domains, ipv6.searchDomains());
        }
    }

    private static <T> void addNew(List<T> list, List<T> more) {
        List<T> added = new ArrayList<>(more);
        added.removeAll(list);
        list.addAll(added);
    }

    String hostName() {
        return lease == null ? null : lease.hostName();
    }

    /** The card is taken out. */
    void end() {
        linkDown();
        if (dhcp != null) {
            dhcp.end();
        }
        if (ipv6 != null) {
            ipv6.end();
        }
        for (LocalAddress local : List.copyOf(card.addresses())) {
            card.removeAddress(local);
        }
        stack.memberships.clear(card);
        stack.ip.routes().removeIf(r -> r.out() == card);
    }
}
