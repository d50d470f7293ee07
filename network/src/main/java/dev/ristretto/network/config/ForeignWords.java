package dev.ristretto.network.config;

import dev.ristretto.network.IpAddress;
import java.util.function.Function;

/** The words of other systems. Methods return what is wrong, or null. */
final class ForeignWords {
    private ForeignWords() {
    }

    static String read(String key, String value, Function<String, CardWords> cards) {
        CardWords common = cards.apply("");
        if (key.endsWith("-only")) {
            if (value != null && !value.equals("true") && !value.equals("false")) {
                return "'" + value + "' is neither true nor false";
            }
            boolean only = value == null || value.equals("true");
            if (key.equals("--ipv4-only")) {
                common.noV6 = only;
            } else {
                common.noV4 = only;
            }
            return null;
        }
        if (value == null || value.isEmpty()) {
            return "a value is missing; write " + key + "=" + (key.startsWith("--ipv6") ? "fd00::2/64" : "10.0.0.2/24");
        }
        return switch (key) {
            case "--ipv4" -> family(value, key, true, common);
            case "--ipv6" -> family(value, key, false, common);
            case "--ipv4-gateway", "--ipv6-gateway", "--defaultgw" -> common.gateway(value);
            case "--nameserver" -> common.dns(value);
            case "--accept-router-advertisements" -> {
                common.acceptRouters = value.equals("true");
                yield value.equals("true") || value.equals("false") ? null : "'" + value + "' is neither true nor false";
            }
            case "netdev.ip" -> unikraft(value, common);
            default -> osv(value, cards);
        };
    }

    private static String family(String value, String key, boolean v4, CardWords words) {
        return value.indexOf(':') < 0 == v4 ? words.address(value, key) : "'" + value + "' is no IPv" + (v4 ? 4 : 6) + " address";
    }

    /** {@code ADDRESS/LENGTH:GATEWAY:DNS:DNS:HOST:DOMAIN}, all but the first optional. */
    private static String unikraft(String value, CardWords words) {
        String[] parts = value.split(":", -1);
        String problem = words.address(parts[0], "netdev.ip");
        if (problem == null && parts.length > 1 && !parts[1].isEmpty()) {
            problem = words.gateway(parts[1]);
        }
        for (int i = 2; problem == null && i < Math.min(4, parts.length); i++) {
            problem = parts[i].isEmpty() ? null : words.dns(parts[i]);
        }
        if (problem == null && parts.length > 5 && !parts[5].isEmpty()) {
            problem = words.search(parts[5]);
        }
        return problem;
    }

    /** {@code CARD,ADDRESS,MASK}. */
    private static String osv(String value, Function<String, CardWords> cards) {
        String[] parts = value.split(",", -1);
        if (parts.length != 3) {
            return "write --ip=eth0,10.0.0.2,255.255.255.0";
        }
        return masked(cards.apply(parts[0].equals("eth0") ? "" : parts[0]), parts[1], parts[2]);
    }

    private static String masked(CardWords words, String address, String mask) {
        IpAddress parsed = IpAddress.parse(address);
        if (parsed == null || !parsed.isV4()) {
            return "'" + address + "' is no IPv4 address";
        }
        IpAddress bits = IpAddress.parse(mask);
        int length = bits == null || !bits.isV4() ? -1 : Integer.numberOfLeadingZeros(~bits.v4());
        if (length <= 0 || length < 32 && bits.v4() << length != 0) {
            return "'" + mask + "' is no mask of a network, such as 255.255.255.0";
        }
        return words.add(parsed, length);
    }

    /** Linux: {@code ADDRESS:SERVER:GATEWAY:MASK:HOST:CARD:HOW:DNS:DNS}, any of them empty or left out at the end. */
    static String linux(String value, Function<String, CardWords> cards) {
        String[] parts = value.split(":", -1);
        String card = parts.length > 5 ? parts[5] : "";
        CardWords words = cards.apply(card.equals("eth0") ? "" : card);
        String how = parts.length > 6 ? parts[6] : "";
        String problem = null;
        if (!parts[0].isEmpty()) {
            problem = parts.length > 3 && !parts[3].isEmpty() ? masked(words, parts[0], parts[3])
                : "the mask is missing; write ip=" + parts[0] + "::GATEWAY:255.255.255.0";
        } else if (how.isEmpty() || how.equals("dhcp") || how.equals("on") || how.equals("any")) {
            problem = words.ip("dhcp");
        } else if (!how.equals("off") && !how.equals("none")) {
            problem = "'" + how + "' is no way to get an address; dhcp and off are";
        }
        if (problem == null && parts.length > 2 && !parts[2].isEmpty()) {
            problem = words.gateway(parts[2]);
        }
        for (int i = 7; problem == null && i < Math.min(9, parts.length); i++) {
            problem = parts[i].isEmpty() ? null : words.dns(parts[i]);
        }
        return problem;
    }
}
