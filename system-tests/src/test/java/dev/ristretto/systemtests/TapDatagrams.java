package dev.ristretto.systemtests;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;

/** What {@link TapPeer} does with datagrams as a client. */
final class TapDatagrams {
    private static final int MOST = 65_507;
    /** A datagram may be lost, as one is until the path's MTU is known. */
    private static final int TRIES = 5;
    private static final int PATIENCE_MILLIS = 3000;

    private TapDatagrams() {
    }

    /** Sends a datagram of each size to an echo and says which of them came back, as they were or otherwise. */
    static String echoed(InetSocketAddress echo, int[] sizes) throws IOException {
        StringBuilder back = new StringBuilder("back");
        for (int size : sizes) {
            byte[] sent = new byte[size];
            new Random(size).nextBytes(sent);
            try {
                back.append(Arrays.equals(sent, answer(echo, sent)) ? " " : " not ").append(size);
            } catch (SocketTimeoutException e) {
                back.append(" never ").append(size);
            }
        }
        return back.toString();
    }

    /** Sends a datagram, again if need be, and returns what comes back; fails if nothing does. */
    static byte[] answer(InetSocketAddress peer, byte[] sent) throws IOException {
        for (int attempt = 1;; attempt++) {
            // a socket for each, so that no late answer is taken for another
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.send(new DatagramPacket(sent, sent.length, peer));
                DatagramPacket back = new DatagramPacket(new byte[MOST + 1], MOST + 1);
                socket.receive(back);
                return Arrays.copyOf(back.getData(), back.getLength());
            } catch (SocketTimeoutException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
