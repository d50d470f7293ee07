package dev.ristretto.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Just enough of GDB's remote serial protocol to see that somebody answers. */
final class GdbRemote {
    private GdbRemote() { }

    /** Selects thread 0, returns the answer with its acknowledgement, and kills the guest. */
    static String detachKilling(int port) throws IOException, InterruptedException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write("$Hg0#df".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(7), StandardCharsets.US_ASCII);
            socket.getOutputStream().write("+$k#6b".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            in.readAllBytes();
            return answer;
        }
    }

    private static Socket connect(int port) throws IOException, InterruptedException {
        for (int attempt = 0;; attempt++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                if (attempt == 200) {
                    throw e;
                }
                Thread.sleep(25);
            }
        }
    }
}
