package dev.ristretto.network.config;

import dev.ristretto.network.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** What was said about one card so far. Methods return what is wrong with a value, or null. */
final class CardWords {
    private static final int LEAST_MTU = 576;
    private static final int MOST_MTU = 65535;

    private final List<InterfaceAddress> addresses = new ArrayList<>();
    private final List<IpAddress> gateways = new ArrayList<>();
    private final List<IpAddress> servers = new ArrayList<>();
    private final List<String> domains = new ArrayList<>();
    private int mtu;
    private boolean dhcp;
    private boolean routerAddresses;
    private boolean temporary;
    boolean noV4;
    boolean noV6;
    /** Whether routers are listened to even if an IPv6 address is fixed; null if nothing was said. */
    Boolean acceptRouters;

    String ip(String value) {
        switch (value) {
            case "dhcp", "on", "any" -> dhcp = true;
            case "off", "none" -> noV4 = true;
            default -> {
                return address(value, "ip");
            }
        }
        return null;
    }

    String ipv6(String value) {
        switch (value) {
            case "auto", "on" -> routerAddresses = true;
            case "temporary" -> {
                routerAddresses = true;
                temporary = true;
            }
            case "off", "none" -> noV6 = true;
            default -> {
                return address(value, "ipv6");
            }
        }
        return null;
    }

    /** Reads an address with the length of its prefix; {@code key} is for the example in the message. */
    String address(String value, String key) {
        int slash = value.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? value : value.substring(0, slash));
        if (address == null) {
            return "'" + value + "' is no address; write " + key + "=10.0.0.2/24" + (key.equals("ip") ? ", ip=dhcp or ip=off" : "");
        }
        if (slash < 0) {
            return "the length of the network's prefix is missing; write " + key + "=" + value + (address.isV4() ? "/24" : "/64") + " or what the length is";
        }
        int most = address.isV4() ? 32 : 128;
        int length = number(value.substring(slash + 1), most);
        if (length <= 0) {
            return "'" + value.substring(slash + 1) + "' is no length of a prefix, which is from 1 to " + most;
        }
        return add(address, length);
    }

    String add(IpAddress address, int length) {
        if (address.isAny() || address.isMulticast() || address.isLoopback() || address.equals(IpAddress.BROADCAST)) {
            return address + " cannot be the address of a card";
        }
        addresses.add(new InterfaceAddress(address, length));
        return null;
    }

    String gateway(String value) {
        IpAddress gateway = IpAddress.parse(value);
        if (gateway == null || gateway.isAny() || gateway.isMulticast() || gateway.isLoopback()) {
            return "'" + value + "' is no address of a router; write gateway=10.0.0.1";
        }
        if (gateways.stream().anyMatch(g -> g.isV4() == gateway.isV4())) {
            return "there is a gateway already, " + gateways.get(0) + "; one is used for each of IPv4 and IPv6";
        }
        gateways.add(gateway);
        return null;
    }

    String dns(String value) {
        for (String part : value.split(",")) {
            IpAddress server = IpAddress.parse(part);
            if (server == null || server.isAny() || server.isMulticast()) {
                return "'" + part + "' is no address of a name server; write dns=10.0.0.1 or dns=10.0.0.1,1.1.1.1";
            }
            servers.add(server);
        }
        return null;
    }

    String search(String value) {
        for (String part : value.split(",")) {
            if (part.isEmpty() || part.length() > 253) {
                return "'" + part + "' is no domain; write search=example.org";
            }
            domains.add(part);
        }
        return null;
    }

    String mtu(String value) {
        int bytes = number(value, MOST_MTU);
        if (bytes < LEAST_MTU) {
            return "'" + value + "' is no size of a packet, which is from " + LEAST_MTU + " to " + MOST_MTU + " bytes";
        }
        mtu = bytes;
        return null;
    }

    /** Returns the number from 0 to {@code most} that a text is, or -1. */
    static int number(String text, int most) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value <= most ? value : -1;
    }

    boolean hasFixed() {
        return !addresses.isEmpty();
    }

    private boolean has(boolean v4) {
        return addresses.stream().anyMatch(a -> a.address().isV4() == v4);
    }

    /** Returns what does not fit together, or null. */
    String check() {
        if (noV4 && noV6) {
            return "IPv4 and IPv6 are both switched off on the command line: there is no network but loopback";
        }
        return null;
    }

    NetworkConfiguration configuration() {
        boolean v4Dhcp = !noV4 && (dhcp || !has(true));
        boolean slaac = !noV6 && (acceptRouters != null ? acceptRouters : routerAddresses || !has(false));
        List<InterfaceAddress> used = addresses.stream().filter(a -> a.address().isV4() ? !noV4 : !noV6).toList();
        return new NetworkConfiguration(v4Dhcp, slaac, temporary, !noV4, !noV6, used, gateways, mtu, servers, domains);
    }
}
