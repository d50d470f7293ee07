package dev.ristretto.jdk.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Names and reachability. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "java.net.Inet4AddressImpl")
final class Target_java_net_Inet4AddressImpl {

    @Substitute
    public String getLocalHostName() throws UnknownHostException {
        return HostNames.local();
    }

    @Substitute
    private InetAddress[] lookupAllHostAddr(String hostname) throws UnknownHostException {
        return HostNames.lookUp(hostname, HostNames.IPV4);
    }

    @Substitute
    public String getHostByAddr(byte[] addr) throws UnknownHostException {
        return HostNames.nameOf(addr);
    }

    @Substitute
    private boolean isReachable0(byte[] addr, int timeout, byte[] ifaddr, int ttl) throws IOException {
        return HostNames.isReachable(Addresses.of(addr, 0), timeout, ifaddr, ttl);
    }
}
