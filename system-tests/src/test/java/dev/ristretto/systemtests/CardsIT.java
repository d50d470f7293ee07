package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.NetworkOptions;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Network cards on every machine model, below any network: frames in, frames out. */
class CardsIT {
    private static final String MAC = "52:54:00:0a:0b:0c";
    private static final NetworkOptions USER = new NetworkOptions(new Connection.User(), List.of(), MAC, null);
    private static final NetworkOptions NONE = new NetworkOptions(new Connection.None(), List.of(), null, null);

    @ParameterizedTest
    @EnumSource
    void aCardIsFoundAndFramesGoBothWays(Machine machine) throws Exception {
        try (Guest guest = Guest.program("cards").machine(machine).network(USER).start()) {
            guest.awaitOutput("ready");
            assertTrue(guest.output().contains("cards=1\neth0 mac=" + MAC + " mtu=1500 up=true"), guest.output());
            guest.type("arp 10.0.2.2");
            guest.awaitOutput("arp reply from 52550a000202");
            guest.type("send 1000");
            guest.awaitOutput("burst done");
            guest.type("counts");
            guest.awaitOutput("sent=1001 senddropped=0");
            guest.endOfInput();
            assertEquals(0, guest.waitFor().code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutACardTheProgramRuns(Machine machine) throws Exception {
        try (Guest guest = Guest.program("cards").machine(machine).network(NONE).start()) {
            guest.awaitOutput("cards=0\nready");
            guest.endOfInput();
            assertEquals(0, guest.waitFor().code());
        }
    }

    /** Every size of frame comes back as it was; QEMU puts frames into datagrams. */
    @ParameterizedTest
    @EnumSource
    void framesComeBackAsTheyWere(Machine machine) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int guestPort;
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            guestPort = free.getLocalPort();
        }
        try (DatagramSocket wire = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            wire.setSoTimeout(5000);
            String device = machine == Machine.MICROVM ? "virtio-net-device" : "virtio-net-pci,romfile=";
            try (Guest guest = Guest.program("cards").machine(machine).network(NONE).qemuArguments("-netdev",
                    "socket,id=wire,udp=127.0.0.1:" + wire.getLocalPort() + ",localaddr=127.0.0.1:" + guestPort,
                    "-device", device + ",netdev=wire").start()) {
                guest.awaitOutput("ready");
                for (int length = 60; length <= 1514; length += 97) {
                    byte[] frame = new byte[length];
                    for (int i = 0; i < length; i++) {
                        frame[i] = (byte) (i + length);
                    }
                    Arrays.fill(frame, 0, 6, (byte) 0xFF);
                    frame[6] = 2;
                    frame[12] = (byte) 0x88;
                    frame[13] = (byte) 0xB5;
                    byte[] back = exchange(wire, frame, guestPort);
                    assertArrayEquals(Arrays.copyOfRange(frame, 12, length), Arrays.copyOfRange(back, 12, back.length));
                    assertArrayEquals(Arrays.copyOfRange(frame, 6, 12), Arrays.copyOf(back, 6));
                }
                guest.endOfInput();
                assertEquals(0, guest.waitFor().code());
            }
        }
    }

    private static byte[] exchange(DatagramSocket wire, byte[] frame, int port) throws Exception {
        wire.send(new DatagramPacket(frame, frame.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket back = new DatagramPacket(new byte[65536], 65536);
        try {
            wire.receive(back);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("a frame of " + frame.length + " bytes did not come back", e);
        }
        return Arrays.copyOf(back.getData(), back.getLength());
    }
}
