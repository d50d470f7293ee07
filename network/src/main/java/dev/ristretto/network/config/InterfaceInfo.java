package dev.ristretto.network.config;

import dev.ristretto.network.device.MacAddress;
import java.util.List;

/**
 * What an interface is at a moment.
 *
 * @param index 1 for loopback, then counting; never given again
 * @param mac null for loopback
 * @param mtu bytes
 * @param up whether it has a link
 * @param addresses those in use: the tentative ones (RFC 4862 §5.4) are not among them
 */
public record InterfaceInfo(int index, String name, MacAddress mac, int mtu, boolean up, boolean loopback, boolean multicast,
        List<InterfaceAddress> addresses) {
}
