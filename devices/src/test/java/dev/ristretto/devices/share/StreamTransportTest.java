package dev.ristretto.devices.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.host.ninep.FolderServer;
import dev.ristretto.storage.host.ninep.SharedFolder;
import dev.ristretto.storage.ninep.NinepSession;
import dev.ristretto.storage.node.FileNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamTransportTest {
    @TempDir
    private Path folder;

    /** A stream that carries as many bytes at a time as it likes, to a server and back. */
    private static final class Pieces implements StreamAccess {
        private final Random random = new Random(5);
        private final FolderServer server;
        private final ByteArrayOutputStream question = new ByteArrayOutputStream();
        private ByteBuffer answer = ByteBuffer.allocate(0);

        Pieces(FolderServer server) {
            this.server = server;
        }

        @Override
        public int write(byte[] from, int offset, int length) {
            int count = 1 + random.nextInt(length);
            question.write(from, offset, count);
            byte[] soFar = question.toByteArray();
            if (soFar.length >= 4 && ByteBuffer.wrap(soFar).order(ByteOrder.LITTLE_ENDIAN).getInt() == soFar.length) {
                question.reset();
                byte[] whole = java.util.Arrays.copyOf(soFar, FolderServer.MAXIMUM);
                byte[] bytes = new byte[FolderServer.MAXIMUM];
                answer = ByteBuffer.wrap(bytes, 0, server.answer(whole, soFar.length, bytes));
            }
            return count;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            int count = Math.min(answer.remaining(), 1 + random.nextInt(length));
            answer.get(to, offset, count);
            return count;
        }
    }

    @Test
    void messagesComeInPieces() throws Exception {
        Files.write(folder.resolve("a"), new byte[300_000]);
        NinepSession session = NinepSession.open(new StreamTransport(new Pieces(new FolderServer(Map.of("/x", SharedFolder.of(folder, false))))));
        FileNode file = (FileNode) session.attach("/x", false).root().lookup("a");
        assertEquals(300_000, file.read(0, ByteBuffer.allocate(400_000)));
        assertEquals(200_000, file.write(100, ByteBuffer.allocate(200_000)));
    }

    /** Lengths that no message has, and ends of the stream: nothing can be said on it any more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, 1 << 20, Integer.MIN_VALUE})
    void aLengthThatIsNoneEndsIt(int length) {
        ByteBuffer answer = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
        StreamTransport transport = new StreamTransport(new StreamAccess() {
            @Override
            public int read(byte[] to, int offset, int most) {
                answer.get(to, offset, most);
                return most;
            }

            @Override
            public int write(byte[] from, int offset, int most) {
                return most;
            }
        });
        fails(transport);
        answer.clear();
        fails(transport);
        assertEquals(0, answer.position(), "it is not even asked");
    }

    @ParameterizedTest
    @ValueSource(ints = {StreamAccess.GONE, 0, 9})
    void theOtherEndIsGone(int result) {
        fails(new StreamTransport(new StreamAccess() {
            @Override
            public int read(byte[] to, int offset, int most) {
                return result;
            }

            @Override
            public int write(byte[] from, int offset, int most) {
                return most;
            }
        }));
    }

    private static void fails(StreamTransport transport) {
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> transport.exchange(new byte[10], 7, new byte[transport.maximum()])).errno());
    }
}
