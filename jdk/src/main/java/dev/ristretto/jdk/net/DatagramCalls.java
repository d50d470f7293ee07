package dev.ristretto.jdk.net;

import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.Failures;
import dev.ristretto.jdk.net.socket.UdpSocketFile;
import dev.ristretto.jdk.nio.memory.NativeLayouts;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.InterfaceInfo;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketException;

/** What the JDK's datagram classes ask of the system; results in the terms of {@code sun.nio.ch.IOStatus}. */
final class DatagramCalls {
    /** {@code IP_JOIN_SOURCE}…: what {@code Net.join4} and the like return where sources cannot be told apart is never returned here. */
    private static final int DONE = 0;

    private DatagramCalls() {
    }

    private static int failure(ErrnoException e) throws IOException {
        if (e.errno() == Errno.ECONNREFUSED) {
            throw new PortUnreachableException();
        }
        return SocketCalls.transferFailure(e);
    }

    static void disconnect(FileDescriptor descriptor) throws SocketException {
        try {
            SocketCalls.udp(descriptor).disconnect();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int receive(FileDescriptor descriptor, long address, int length, long sender, boolean connected) throws IOException {
        try {
            Datagram from = new Datagram();
            UdpSocketFile socket = SocketCalls.udp(descriptor);
            while (true) {
                try {
                    int count = socket.receive(NativeMemory.buffer(address, length), from);
                    NativeLayouts.putSocketAddress(sender, from.source(), from.sourcePort());
                    return count;
                } catch (ErrnoException e) {
                    // Answers to datagrams sent earlier, by whom nobody here wants to be told.
                    if (connected || e.errno() != Errno.ECONNREFUSED) {
                        throw e;
                    }
                }
            }
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int send(FileDescriptor descriptor, long address, int length, long target) throws IOException {
        try {
            IpAddress ip = NativeLayouts.ipAddress(target);
            MachineNetwork.awaitWayTo(ip);
            return SocketCalls.udp(descriptor).send(NativeMemory.buffer(address, length), ip, NativeLayouts.port(target));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            return SocketCalls.udp(descriptor).receive(NativeMemory.buffer(address, length), null);
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static long readAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            return SocketCalls.udp(descriptor).receive(NativeMemory.buffers(address, count));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int write(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            return SocketCalls.udp(descriptor).send(NativeMemory.buffer(address, length), null, 0);
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static long writeAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            return SocketCalls.udp(descriptor).send(NativeMemory.buffers(address, count));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    /** Makes the second descriptor stand for what the first stands for. */
    static void duplicate(FileDescriptor from, FileDescriptor to) throws IOException {
        try {
            Descriptors.table().set(SocketCalls.number(to), SocketCalls.file(from));
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    /** @param interfaceAddress the bits of an IPv4 address of the interface, 0 for any interface */
    static int membership4(boolean join, FileDescriptor descriptor, int group, int interfaceAddress, int source) throws SocketException {
        try {
            SocketCalls.udp(descriptor).membership(join, IpAddress.ofV4(group), indexOf(interfaceAddress), source == 0 ? null : IpAddress.ofV4(source));
            return DONE;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int block4(boolean block, FileDescriptor descriptor, int group, int interfaceAddress, int source) throws SocketException {
        try {
            SocketCalls.udp(descriptor).block(block, IpAddress.ofV4(group), indexOf(interfaceAddress), IpAddress.ofV4(source));
            return DONE;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int membership6(boolean join, FileDescriptor descriptor, byte[] group, int index, byte[] source) throws SocketException {
        try {
            SocketCalls.udp(descriptor).membership(join, Addresses.of(group, index), index, source == null ? null : IpAddress.of(source));
            return DONE;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int block6(boolean block, FileDescriptor descriptor, byte[] group, int index, byte[] source) throws SocketException {
        try {
            SocketCalls.udp(descriptor).block(block, Addresses.of(group, index), index, IpAddress.of(source));
            return DONE;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static void setInterface4(FileDescriptor descriptor, int interfaceAddress) throws SocketException {
        try {
            SocketCalls.inet(descriptor).setOption(SocketOption.MULTICAST_INTERFACE, indexOf(interfaceAddress));
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    /** Returns the bits of an IPv4 address of the interface, or 0. */
    static int interface4(FileDescriptor descriptor) throws SocketException {
        int index = interface6(descriptor);
        for (InterfaceInfo info : MachineNetwork.get().interfaces()) {
            for (InterfaceAddress address : info.index() == index ? info.addresses() : java.util.List.<InterfaceAddress>of()) {
                if (address.address().isV4()) {
                    return address.address().v4();
                }
            }
        }
        return 0;
    }

    static void setInterface6(FileDescriptor descriptor, int index) throws SocketException {
        try {
            SocketCalls.inet(descriptor).setOption(SocketOption.MULTICAST_INTERFACE, index);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int interface6(FileDescriptor descriptor) throws SocketException {
        try {
            return SocketCalls.inet(descriptor).option(SocketOption.MULTICAST_INTERFACE);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    private static int indexOf(int interfaceAddress) throws ErrnoException {
        if (interfaceAddress == 0) {
            return 0;
        }
        IpAddress wanted = IpAddress.ofV4(interfaceAddress);
        for (InterfaceInfo info : MachineNetwork.get().interfaces()) {
            for (InterfaceAddress address : info.addresses()) {
                if (address.address().equals(wanted)) {
                    return info.index();
                }
            }
        }
        throw Errno.ENODEV.exception();
    }
}
