package dev.ristretto.launcher.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.host.ninep.FolderServer;
import dev.ristretto.storage.ninep.NinepException;
import dev.ristretto.storage.ninep.NinepFileSystem;
import dev.ristretto.storage.ninep.NinepSession;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import dev.ristretto.storage.node.FileNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of images that run as a process, spoken to over its socket. */
@Timeout(60)
class FolderServiceTest {
    @TempDir
    private Path folder;
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

    private record Line(SocketChannel channel) implements MessageTransport {
        @Override
        public int maximum() {
            return FolderServer.MAXIMUM;
        }

        @Override
        public int exchange(byte[] message, int length, byte[] answer) throws ErrnoException {
            try {
                for (ByteBuffer out = ByteBuffer.wrap(message, 0, length); out.hasRemaining();) {
                    channel.write(out);
                }
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
                in.readFully(answer, 0, 4);
                int size = Integer.reverseBytes(ByteBuffer.wrap(answer).getInt());
                in.readFully(answer, 4, size - 4);
                return size;
            } catch (IOException e) {
                throw Errno.EIO.exception();
            }
        }
    }

    private FolderService open() throws IOException {
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        return FolderService.open(List.of(new FolderShare(first, "/share", false), new FolderShare(second, "/x", true)), notices::add);
    }

    @Test
    void severalFoldersOnOneLine() throws Exception {
        try (FolderService service = open(); SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(service.socket()))) {
            Files.writeString(folder.resolve("second/b"), "text");
            NinepSession session = NinepSession.open(new Line(channel));
            NinepFileSystem first = session.attach("/share", false);
            NinepFileSystem second = session.attach("/x:ro", true);
            FileNode a = first.root().createFile("a", 0600);
            assertEquals(500_000, a.write(0, ByteBuffer.allocate(500_000)));
            assertEquals(500_000, Files.size(folder.resolve("first/a")));
            ByteBuffer text = ByteBuffer.allocate(10);
            assertEquals(4, ((FileNode) second.root().lookup("b")).read(0, text));
            assertEquals("second does not have it", second.root().lookup("a") == null ? "second does not have it" : "");
            assertThrows(NinepException.class, () -> session.attach("/", false));
            assertFalse(Files.exists(service.socket()), "nobody else can connect");
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void theSocketIsTheUsersAlone() throws Exception {
        Path socket;
        try (FolderService service = open()) {
            socket = service.socket();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
        }
        assertFalse(Files.exists(socket.getParent()), "nothing is left behind");
    }

    /** Lengths that no message has, and a message that ends early: the line is cut. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, -1, Integer.MIN_VALUE, 1 << 30})
    void nonsenseEndsTheLine(int length) throws Exception {
        try (FolderService service = open(); SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(service.socket()))) {
            channel.write(ByteBuffer.allocate(4).putInt(0, Integer.reverseBytes(length)));
            assertEquals(-1, channel.read(ByteBuffer.allocate(10)));
        }
        assertEquals(List.of(), notices);
    }
}
