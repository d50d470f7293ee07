package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.MacAddress;

/** What is known of the image at the other end of the cable. */
final class ImageHost {
    private final Runnable found;
    private long mac = MacAddress.BROADCAST;
    private IpAddress v4;
    private IpAddress v6;

    /** @param found called once, when the image has an address */
    ImageHost(Runnable found) {
        this.found = found;
    }

    void mac(long bits) {
        mac = bits;
    }

    long mac() {
        return mac;
    }

    /** Whether anything has come from it yet. */
    boolean isPluggedIn() {
        return mac != MacAddress.BROADCAST;
    }

    /** An ARP message of the image's: who asks for an address without having one is about to take it (RFC 5227 §2.1.1). */
    void asksFor(int sender, int target) {
        isAt(IpAddress.ofV4(sender == 0 ? target : sender));
    }

    /** A packet came from this address. The first of each IP version is the one that others are led to. */
    void isAt(IpAddress source) {
        boolean isNew = (source.isV4() ? v4 : v6) == null;
        if (isNew && Addresses.isImage(source)) {
            boolean first = !isThere();
            if (source.isV4()) {
                v4 = source;
            } else {
                v6 = source;
            }
            if (first) {
                found.run();
            }
        }
    }

    /** Whether it can be reached yet. */
    boolean isThere() {
        return v4 != null || v6 != null;
    }

    /** Whether it can be reached by IPv6. */
    boolean hasV6() {
        return v6 != null;
    }

    /**
     * Where to reach it; null unless it {@link #isThere}.
     *
     * @param wantsV6 the IP version of who wants to: that of the result, if the image has such an address
     */
    IpAddress address(boolean wantsV6) {
        return wantsV6 && v6 != null || v4 == null ? v6 : v4;
    }
}
