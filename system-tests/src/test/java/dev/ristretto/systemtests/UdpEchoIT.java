package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Datagrams through a forwarded port ({@code -p PORT:PORT/udp}) to the example and back: larger ones than fit into a frame too. */
@LargeExample
class UdpEchoIT {
    private static final int TRIES = 5;

    @Test
    void datagramsComeBack() throws Exception {
        int first = RunningExample.freeUdpPort();
        int second = RunningExample.freeUdpPort();
        try (RunningExample example = RunningExample.start("udp-echo", "-p", first + ":7007/udp", "-p", second + ":7008/udp")) {
            example.await("Listening");
            for (int port : new int[] {first, second}) {
                for (int length : new int[] {1, 1000, 1472, 1473, 9000}) {
                    byte[] bytes = new byte[length];
                    new Random(length).nextBytes(bytes);
                    assertArrayEquals(bytes, exchange(bytes, port), () -> length + " bytes, port " + port);
                }
            }
        }
    }

    /** Datagrams may be lost, so that each is sent several times if need be. */
    private static byte[] exchange(byte[] bytes, int port) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(5000);
            DatagramPacket back = new DatagramPacket(new byte[65_507], 65_507);
            for (int i = 0; i < TRIES; i++) {
                socket.send(new DatagramPacket(bytes, bytes.length));
                try {
                    socket.receive(back);
                    return Arrays.copyOf(back.getData(), back.getLength());
                } catch (SocketTimeoutException e) {
                    System.out.println("A datagram of " + bytes.length + " bytes did not come back, attempt " + (i + 1));
                }
            }
            return null;
        }
    }
}
