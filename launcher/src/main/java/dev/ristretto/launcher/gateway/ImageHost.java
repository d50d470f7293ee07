package dev.ristretto.launcher.gateway;

import dev.ristretto.network.device.MacAddress;

/** What is known of the image at the other end of the cable. */
final class ImageHost {
    private final Runnable found;
    private long mac = MacAddress.BROADCAST;
    private int address = Addresses.IMAGE;
    private boolean isThere;

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

    /** An ARP message of the image's: who asks for an address without having one is about to take it (RFC 5227 §2.1.1). */
    void asksFor(int sender, int target) {
        isAt(sender == 0 ? target : sender);
    }

    /** A packet came from this address. */
    void isAt(int source) {
        if (!isThere && Addresses.isImage(source)) {
            address = source;
            isThere = true;
            found.run();
        }
    }

    /** Whether it can be reached yet. */
    boolean isThere() {
        return isThere;
    }

    int address() {
        return address;
    }
}
