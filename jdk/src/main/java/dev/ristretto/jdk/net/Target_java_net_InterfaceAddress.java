package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;

@TargetClass(InterfaceAddress.class)
final class Target_java_net_InterfaceAddress {
    @Alias
    InetAddress address;

    @Alias
    Inet4Address broadcast;

    @Alias
    short maskLength;

    @Alias
    Target_java_net_InterfaceAddress() {
    }
}
