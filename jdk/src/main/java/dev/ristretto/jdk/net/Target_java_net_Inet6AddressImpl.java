package dev.ristretto.jdk.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Names and reachability. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "java.net.Inet6AddressImpl")
final class Target_java_net_Inet6AddressImpl {

    @Substitute
    public String getLocalHostName() throws UnknownHostException {
        return HostNames.local();
    }

    @Substitute
    private InetAddress[] lookupAllHostAddr(String hostname, int characteristics) throws UnknownHostException {
        return HostNames.lookUp(hostname, characteristics);
    }

    @Substitute
    public String getHostByAddr(byte[] addr) throws UnknownHostException {
        return HostNames.nameOf(addr);
    }

    @Substitute
    private boolean isReachable0(byte[] addr, int scope, int timeout, byte[] inf, int ttl, int if_scope) throws IOException {
        return HostNames.isReachable(Addresses.of(addr, scope), timeout, inf, ttl);
    }
}
