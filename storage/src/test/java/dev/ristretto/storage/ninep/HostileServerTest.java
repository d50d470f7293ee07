package dev.ristretto.storage.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that answer nonsense: it is {@code EIO}, or an answer that could be true, and never another exception. */
@Timeout(60)
class HostileServerTest {
    private static final int TYPE_AT = 4;
    private static final int BODY = Message.HEADER;

    @TempDir
    private Path folder;

    /** What is done with an answer before it arrives; returns its length. */
    private interface Forgery {
        int of(ByteBuffer answer, int length);
    }

    private static Arguments forgery(String name, int type, boolean ends, Forgery forgery) {
        return Arguments.of(name, type, ends, forgery);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
            forgery("another tag", MessageTypes.WALK, true, (answer, length) -> set16(answer, 5, 0x1234, length)),
            forgery("another type", MessageTypes.GETATTR, true, (answer, length) -> set8(answer, TYPE_AT, MessageTypes.READ + 1, length)),
            forgery("a length that is not its own", MessageTypes.WALK, true, (answer, length) -> set32(answer, 0, length + 1, length)),
            forgery("a negative length", MessageTypes.WALK, true, (answer, length) -> set32(answer, 0, -1, length)),
            forgery("no header", MessageTypes.WALK, true, (answer, length) -> 3),
            forgery("nothing", MessageTypes.WALK, true, (answer, length) -> 0),
            forgery("less than a qid", MessageTypes.WALK, false, (answer, length) -> set32(answer, 0, length - 4, length - 4)),
            forgery("more than was asked for", MessageTypes.WALK, false, (answer, length) -> set16(answer, BODY, 2, length)),
            forgery("something behind the end", MessageTypes.GETATTR, false, (answer, length) -> set32(answer, 0, length + 4, length + 4)),
            forgery("attributes that it does not know", MessageTypes.GETATTR, false, (answer, length) -> set32(answer, BODY, 1, length)),
            forgery("a negative size", MessageTypes.GETATTR, false, (answer, length) -> set32(answer, BODY + 8 + 13 + 12 + 16 + 4, -1, length)),
            forgery("more content than was asked for", MessageTypes.READ, false, (answer, length) -> set32(answer, BODY, 1000, 5000)),
            forgery("content that is not there", MessageTypes.READ, false, (answer, length) -> set32(answer, BODY, 10, length)),
            forgery("content of a negative length", MessageTypes.READ, false, (answer, length) -> set32(answer, BODY, -1, length)),
            forgery("more written than was given", MessageTypes.WRITE, false, (answer, length) -> set32(answer, BODY, 1000, length)),
            forgery("less than nothing written", MessageTypes.WRITE, false, (answer, length) -> set32(answer, BODY, -1, length)),
            forgery("nothing written", MessageTypes.WRITE, false, (answer, length) -> set32(answer, BODY, 0, length)),
            forgery("names of another length", MessageTypes.READDIR, false, (answer, length) -> set32(answer, BODY, 1, length)),
            forgery("a name with a slash", MessageTypes.READDIR, false, (answer, length) -> set8(answer, length - 1, '/', length)),
            forgery("a name with a zero", MessageTypes.READDIR, false, (answer, length) -> set8(answer, length - 1, 0, length)),
            forgery("an error that is none", MessageTypes.GETATTR, false, (answer, length) -> {
                answer.put(TYPE_AT, (byte) (MessageTypes.LERROR + 1)).putInt(BODY, 99_999);
                return set32(answer, 0, BODY + 4, BODY + 4);
            }),
            forgery("an error without a number", MessageTypes.GETATTR, false, (answer, length) -> {
                answer.put(TYPE_AT, (byte) (MessageTypes.LERROR + 1));
                return set32(answer, 0, BODY, BODY);
            }),
            forgery("a disk of more blocks than there are", MessageTypes.STATFS, false, (answer, length) -> set32(answer, BODY + 12, -1, length)));
    }

    private static int set8(ByteBuffer answer, int at, int value, int length) {
        answer.put(at, (byte) value);
        return length;
    }

    private static int set16(ByteBuffer answer, int at, int value, int length) {
        answer.putShort(at, (short) value);
        return length;
    }

    private static int set32(ByteBuffer answer, int at, int value, int length) {
        answer.putInt(at, value);
        return at == BODY && length == 5000 ? setSize(answer, length) : length;
    }

    private static int setSize(ByteBuffer answer, int length) {
        answer.putInt(0, length);
        return length;
    }

    private static ByteBuffer buffer(byte[] answer) {
        return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void isAnInputOutputError(String name, int type, boolean ends, Forgery forgery) throws Exception {
        Files.writeString(folder.resolve("a"), "x");
        LocalServer server = new LocalServer(folder, false);
        DirectoryNode root = NinepSession.open(server).attach("", false).root();
        int[] forged = {0};
        server.change = (answer, length) -> {
            if ((answer[TYPE_AT] & 0xFF) != type + 1 || forged[0]++ > 0) {
                return length;
            }
            return forgery.of(buffer(answer), length);
        };
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> useAll(root)).errno());
        assertTrue(forged[0] > 0, "such an answer came");
        if (ends) {
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> root.lookup("a")).errno(), "the session is over");
        } else {
            useAll(root);
        }
    }

    /** One of everything. */
    private static void useAll(DirectoryNode root) throws ErrnoException {
        if (!(root.lookup("a") instanceof FileNode a)) {
            return; // so it says
        }
        a.attributes();
        a.hold();
        try {
            a.read(0, ByteBuffer.allocate(100));
            a.write(0, ByteBuffer.allocate(5));
        } finally {
            a.drop();
        }
        var cursor = root.entries();
        while (cursor.next() != null) {
            continue;
        }
        root.fileSystem().statistics();
    }

    @Test
    void aListThatNeverEnds() throws Exception {
        Files.writeString(folder.resolve("a"), "x");
        LocalServer server = new LocalServer(folder, false);
        DirectoryNode root = NinepSession.open(server).attach("", false).root();
        long[] offset = {0};
        // "a" over and over again, each time as if something followed; many at a time, so that this ends soon
        server.change = (answer, length) -> {
            if (answer[TYPE_AT] != MessageTypes.READDIR + 1) {
                return length;
            }
            Message list = new Message(answer);
            list.begin(MessageTypes.READDIR + 1, buffer(answer).getShort(5));
            int count = 4000;
            list.put32(count * 25);
            for (int i = 0; i < count; i++) {
                list.put(new Qid(0, 0, 1)).put64(++offset[0]).put8(8).put("a");
            }
            return list.end();
        };
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, root::entries).errno());
    }

    @Test
    void whoSpeaksSomethingElseIsNotMounted() throws Exception {
        LocalServer server = new LocalServer(folder, false);
        server.change = (answer, length) -> set8(buffer(answer), length - 1, 'u', length);
        assertEquals("its server does not speak 9P2000.L", assertThrows(NinepException.class, () -> NinepSession.open(server)).getMessage());
        server.change = (answer, length) -> set8(buffer(answer), BODY + 3, 1, length);
        assertTrue(assertThrows(NinepException.class, () -> NinepSession.open(server)).getMessage().contains("takes messages of"));
        server.change = (answer, length) -> set32(buffer(answer), BODY, 100, length);
        assertTrue(assertThrows(NinepException.class, () -> NinepSession.open(server)).getMessage().contains("takes messages of 100 bytes"));
        server.change = (answer, length) -> 2;
        assertTrue(assertThrows(NinepException.class, () -> NinepSession.open(server)).getMessage().contains("does not answer"));
        server.change = (answer, length) -> length;
        NinepSession session = NinepSession.open(server);
        assertEquals("its server refuses it: No such file or directory", assertThrows(NinepException.class, () -> session.attach("other", false)).getMessage());
        server.change = (answer, length) -> set8(buffer(answer), BODY, 0, length);
        assertTrue(assertThrows(NinepException.class, () -> session.attach("", false)).getMessage().contains("no folder"));
    }

    /** Any bytes of any answers are others: each call ends, and with nothing but success or an error number. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void anyNonsenseIsSurvived(@ForAll Random random) throws IOException {
        Path place = Files.createTempDirectory("ninep");
        try {
            Files.writeString(place.resolve("a"), "x", StandardCharsets.UTF_8);
            LocalServer server = new LocalServer(place, false);
            DirectoryNode root = NinepSession.open(server).attach("", false).root();
            server.change = (answer, length) -> {
                if (random.nextInt(4) > 0) {
                    return length;
                }
                // mostly behind the header, so that not all sessions end at once
                int at = random.nextInt(8) == 0 ? random.nextInt(length) : Math.min(length - 1, BODY + random.nextInt(length));
                answer[at] = (byte) random.nextInt();
                return length;
            };
            for (int i = 0; i < 30; i++) {
                try {
                    useAll(root);
                    root.createDirectory("d" + i, 0700).createFile("f", 0600).append(ByteBuffer.allocate(3));
                    root.rename("d" + i, root, "e" + i);
                } catch (ErrnoException e) {
                    continue;
                }
            }
        } catch (NinepException e) {
            throw new AssertionError(e);
        } finally {
            try (Stream<Path> all = Files.walk(place)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
