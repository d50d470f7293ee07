package dev.ristretto.network.config;

import java.util.Map;

/**
 * What the command line says about all cards.
 *
 * @param common what applies to the first card, and to every card that is not named
 * @param named by the card's name, such as {@code eth1}
 * @param fixedAddresses whether {@code common} has fixed addresses, which are the first card's alone: the others then get theirs automatically
 */
public record NetworkSettings(NetworkConfiguration common, Map<String, NetworkConfiguration> named, boolean fixedAddresses) {
    /** DHCP and SLAAC everywhere. */
    public static final NetworkSettings AUTOMATIC = new NetworkSettings(NetworkConfiguration.AUTOMATIC, Map.of(), false);

    /** Returns how a card is to be configured; {@code position} is 0 for the first card. */
    public NetworkConfiguration forCard(String name, int position) {
        NetworkConfiguration own = named.get(name);
        if (own != null) {
            return own;
        }
        return position == 0 || !fixedAddresses ? common : NetworkConfiguration.AUTOMATIC;
    }
}
