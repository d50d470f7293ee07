package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network card of an image that runs as a process, below any network: frames in, frames out, and an end that goes. */
@Timeout(120)
class CableIT {
    private static final String MAC = "52:54:00:0a:0b:0c";

    private Process process;
    private BufferedReader said;
    private SocketChannel cable;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("net")));
            ProcessBuilder builder = new ProcessBuilder(TestImage.get().toString(), "cards").redirectErrorStream(true);
            builder.environment().put("RISTRETTO_OPTIONS", "ristretto.net=" + directory.resolve("net") + " ristretto.mac=" + MAC);
            process = builder.start();
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("cards=1", said.readLine());
            assertEquals("eth0 mac=" + MAC + " mtu=65520 up=true features=2", said.readLine());
            assertEquals("ready", said.readLine());
            cable = server.accept();
        }
    }

    @AfterEach
    void stop() throws IOException {
        process.destroyForcibly();
        cable.close();
    }

    private void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    private void send(byte[] frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
        while (bytes.hasRemaining()) {
            cable.write(bytes);
        }
    }

    private byte[] bytes(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (cable.read(bytes) < 0) {
                throw new IOException("the image has closed the cable");
            }
        }
        return bytes.array();
    }

    private byte[] receive() throws IOException {
        return bytes(ByteBuffer.wrap(bytes(4)).getInt());
    }

    /** A frame that the program sends back. */
    private static byte[] echo(int length, long seed) {
        byte[] frame = new byte[length];
        new Random(seed).nextBytes(frame);
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xB5;
        return frame;
    }

    private static void assertBack(byte[] frame, byte[] back) {
        byte[] expected = frame.clone();
        System.arraycopy(frame, 6, expected, 0, 6);
        System.arraycopy(frame, 0, expected, 6, 6);
        assertArrayEquals(expected, back);
    }

    @Test
    void framesOfAllSizesComeBackAsTheyWere() throws Exception {
        for (int length = 14; length <= 65_534; length += length < 3000 ? 1 : 997) {
            byte[] frame = echo(length, length);
            send(frame);
            assertBack(frame, receive());
        }
    }

    @Test
    void framesInPiecesAndFramesInHeaps() throws Exception {
        byte[] frame = echo(100, 1);
        ByteBuffer bytes = ByteBuffer.allocate(104).putInt(100).put(frame);
        for (int i = 0; i < bytes.capacity(); i++) {
            cable.write(bytes.slice(i, 1));
        }
        assertBack(frame, receive());
        ByteBuffer heap = ByteBuffer.allocate(100 * 104);
        for (int i = 0; i < 100; i++) {
            heap.putInt(100).put(echo(100, i));
        }
        heap.flip();
        while (heap.hasRemaining()) {
            cable.write(heap);
        }
        for (int i = 0; i < 100; i++) {
            assertBack(echo(100, i), receive());
        }
    }

    @Test
    void aSlowEndHoldsTheSenderUp() throws Exception {
        type("send 5000");
        // all of it is more than the socket holds; nothing is lost though nobody reads at first
        for (int i = 0; i < 5000; i++) {
            byte[] frame = receive();
            assertEquals(1000, frame.length);
            assertEquals(i, (frame[14] & 0xFF) << 8 | frame[15] & 0xFF);
        }
        assertEquals("burst done", said.readLine());
        type("counts");
        assertEquals("received=0 dropped=0 sent=5000 senddropped=0 inuse=0", said.readLine());
    }

    @Test
    void theProgramRunsOnWhenTheOtherEndGoes() throws Exception {
        cable.close();
        assertEquals("log: eth0: the network is gone: what was at the other end of the cable has ended; the link stays down", said.readLine());
        assertEquals("link up=false", said.readLine());
        type("send 10");
        assertEquals("burst done", said.readLine());
        type("counts");
        assertEquals("received=0 dropped=0 sent=0 senddropped=10 inuse=0", said.readLine());
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
    }

    @Test
    void anEndThatSpeaksAnotherLanguageIsLeft() throws Exception {
        send(echo(100, 1));
        receive();
        cable.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("log: eth0: the network announces a frame of " + Long.parseLong(HexFormat.of().formatHex("GET ".getBytes(StandardCharsets.US_ASCII)), 16)
            + " bytes, which none has; the link stays down", said.readLine());
        assertEquals("link up=false", said.readLine());
        process.destroy();
        assertEquals(true, process.waitFor(20, TimeUnit.SECONDS));
    }
}
