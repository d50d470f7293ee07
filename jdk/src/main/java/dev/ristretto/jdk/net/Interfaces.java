package dev.ristretto.jdk.net;

import com.oracle.svm.core.SubstrateUtil;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;

/** The interfaces of the stack as {@link NetworkInterface}s. */
final class Interfaces {
    private Interfaces() {
    }

    /** What there is once the cards had time to get their addresses; nothing in an image without a network. */
    private static List<InterfaceInfo> list() {
        NetworkView network = NetworkView.get();
        return network == null ? List.of() : network.interfaces();
    }

    static NetworkInterface[] all() {
        List<InterfaceInfo> list = list();
        NetworkInterface[] all = new NetworkInterface[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = toJava(list.get(i));
        }
        return all;
    }

    private static NetworkInterface first(Predicate<InterfaceInfo> condition) {
        for (InterfaceInfo info : list()) {
            if (condition.test(info)) {
                return toJava(info);
            }
        }
        return null;
    }

    static NetworkInterface byName(String name) {
        return first(info -> info.name().equals(name));
    }

    static NetworkInterface byIndex(int index) {
        return first(info -> info.index() == index);
    }

    static NetworkInterface byAddress(InetAddress address) {
        IpAddress ip = Addresses.of(address);
        return first(info -> has(info, ip));
    }

    /** Loopback addresses are always bound; asking for them must not bring the network up. */
    static boolean isBound(InetAddress address) {
        IpAddress ip = Addresses.of(address);
        if (ip.equals(IpAddress.LOOPBACK_V4) || ip.equals(IpAddress.LOOPBACK_V6)) {
            return true;
        }
        for (InterfaceInfo info : list()) {
            if (has(info, ip)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(InterfaceInfo info, IpAddress ip) {
        for (InterfaceAddress address : info.addresses()) {
            if (address.address().sameBits(ip)) {
                return true;
            }
        }
        return false;
    }

    static InterfaceInfo info(int index) throws SocketException {
        for (InterfaceInfo info : list()) {
            if (info.index() == index) {
                return info;
            }
        }
        throw new SocketException("No such device");
    }

    static byte[] mac(int index) throws SocketException {
        InterfaceInfo info = info(index);
        return info.mac() == null ? null : info.mac().bytes();
    }

    private static NetworkInterface toJava(InterfaceInfo info) {
        List<InterfaceAddress> addresses = info.addresses();
        InetAddress[] inet = new InetAddress[addresses.size()];
        java.net.InterfaceAddress[] bindings = new java.net.InterfaceAddress[inet.length];
        for (int i = 0; i < inet.length; i++) {
            InterfaceAddress address = addresses.get(i);
            inet[i] = Addresses.of(address.address());
            bindings[i] = binding(inet[i], address);
        }
        Target_java_net_NetworkInterface made = new Target_java_net_NetworkInterface(info.name(), info.index(), inet);
        made.displayName = info.name();
        made.bindings = bindings;
        made.childs = new NetworkInterface[0];
        return SubstrateUtil.cast(made, NetworkInterface.class);
    }

    private static java.net.InterfaceAddress binding(InetAddress inet, InterfaceAddress address) {
        Target_java_net_InterfaceAddress binding = new Target_java_net_InterfaceAddress();
        binding.address = inet;
        binding.maskLength = (short) address.prefixLength();
        if (address.broadcast() != null) {
            binding.broadcast = (java.net.Inet4Address) Addresses.of(address.broadcast());
        }
        return SubstrateUtil.cast(binding, java.net.InterfaceAddress.class);
    }
}
