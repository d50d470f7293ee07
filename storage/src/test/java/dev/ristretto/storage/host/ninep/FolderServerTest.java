package dev.ristretto.storage.host.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.Message;
import dev.ristretto.storage.ninep.MessageTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that want more than the folder: question by question, as no honest client would ask. */
@Timeout(60)
class FolderServerTest {
    private static final int ROOT = 1;

    @TempDir
    private Path place;
    private Path folder;
    private Path secret;
    private FolderServer server;
    private final byte[] question = new byte[FolderServer.MAXIMUM];
    private final byte[] answer = new byte[FolderServer.MAXIMUM];

    private interface Parts {
        void into(Message message) throws ErrnoException;
    }

    @BeforeEach
    void lend() throws Exception {
        folder = Files.createDirectory(place.resolve("folder"));
        Files.createDirectory(place.resolve("outside"));
        secret = Files.writeString(place.resolve("outside/secret"), "secret");
        Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("inside/file"), "content");
        Files.createSymbolicLink(folder.resolve("way-out"), place.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("link"), secret);
        server = new FolderServer(Map.of("lent", SharedFolder.of(folder, false)));
        ask(MessageTypes.VERSION, m -> m.put32(FolderServer.MAXIMUM).put(MessageTypes.PROTOCOL));
        ask(MessageTypes.ATTACH, m -> m.put32(ROOT).put32(-1).put("").put("lent").put32(-1));
    }

    /** What a question comes to: an error's name, or "ok". */
    private String ask(int type, Parts parts) throws ErrnoException {
        Message in = new Message(question);
        parts.into(in.begin(type, 7));
        int length = server.answer(question, in.end(), answer);
        Message out = new Message(answer);
        assertTrue(out.received(length));
        assertEquals(7, out.tag());
        if (out.type() == MessageTypes.LERROR + 1) {
            return Errno.of(out.take32()).name();
        }
        assertEquals(type + 1, out.type());
        return "ok";
    }

    private String walk(int from, int to, String... names) throws ErrnoException {
        return ask(MessageTypes.WALK, m -> {
            m.put32(from).put32(to).put16(names.length);
            for (String name : names) {
                m.put(name);
            }
        });
    }

    private String open(int fid, int flags) throws ErrnoException {
        return ask(MessageTypes.LOPEN, m -> m.put32(fid).put32(flags));
    }

    private String create(int fid, String name) throws ErrnoException {
        return ask(MessageTypes.LCREATE, m -> m.put32(fid).put(name).put32(2).put32(0600).put32(-1));
    }

    private void assertNothingHappenedOutside() throws IOException {
        assertEquals("secret", Files.readString(secret));
        try (Stream<Path> list = Files.list(secret.getParent())) {
            assertEquals(1, list.count());
        }
    }

    @Test
    void theParentOfTheFolderIsTheFolder() throws Exception {
        assertEquals("ok", walk(ROOT, 2, ".."));
        assertEquals("ok", walk(2, 3, "inside", "..", "..", "..", "inside", "file"));
        assertEquals("ok", open(3, 0));
        assertEquals("ENOENT", walk(ROOT, 4, "outside"));
        assertEquals("ok", walk(ROOT, 4, "..", "outside"), "one name was found");
        assertEquals("EBADF", open(4, 0));
    }

    @Test
    void namesAreSingleNames() throws Exception {
        for (String name : new String[] {"../outside", "/", "/etc", "inside/file", "", ".", "inside\0"}) {
            Message in = new Message(question);
            in.begin(MessageTypes.WALK, 7).put32(ROOT).put32(2).put16(1);
            byte[] bytes = name.getBytes();
            in.put16(bytes.length);
            for (byte b : bytes) {
                in.put8(b);
            }
            Message out = new Message(answer);
            assertTrue(out.received(server.answer(question, in.end(), answer)));
            assertEquals(MessageTypes.LERROR + 1, out.type(), name);
        }
        for (String name : new String[] {"../new", "..", ".", "inside/new", ""}) {
            assertEquals("ok", walk(ROOT, 2));
            assertNotEquals("ok", create(2, name));
            assertNotEquals("ok", ask(MessageTypes.MKDIR, m -> m.put32(ROOT).put(name).put32(0700).put32(-1)));
            assertNotEquals("ok", ask(MessageTypes.SYMLINK, m -> m.put32(ROOT).put(name).put("x").put32(-1)));
            assertNotEquals("ok", ask(MessageTypes.UNLINKAT, m -> m.put32(ROOT).put(name).put32(0)));
            assertNotEquals("ok", ask(MessageTypes.RENAMEAT, m -> m.put32(ROOT).put("inside").put32(ROOT).put(name)));
            assertNotEquals("ok", ask(MessageTypes.RENAMEAT, m -> m.put32(ROOT).put(name).put32(ROOT).put("new")));
            assertEquals("ok", ask(MessageTypes.CLUNK, m -> m.put32(2)));
        }
        assertNothingHappenedOutside();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        assertEquals("ok", walk(ROOT, 2, "link"));
        assertEquals("ELOOP", open(2, 0));
        assertEquals("ELOOP", open(2, 1 | 01000));
        assertEquals("ok", walk(ROOT, 3, "way-out"));
        assertEquals("ELOOP", open(3, 0200000).replace("ENOTDIR", "ELOOP"));
        assertEquals("ENOTDIR", walk(3, 4, "secret"));
        assertEquals("ok", walk(ROOT, 4, "way-out", "secret"), "one name was found");
        assertEquals("EBADF", open(4, 0));
        assertEquals("ENOTDIR", create(3, "new"));
        assertEquals("ENOTDIR", ask(MessageTypes.MKDIR, m -> m.put32(3).put("new").put32(0700).put32(-1)));
        assertEquals("ENOTDIR", ask(MessageTypes.UNLINKAT, m -> m.put32(3).put("secret").put32(0)));
        assertEquals("ENOTDIR", ask(MessageTypes.RENAMEAT, m -> m.put32(3).put("secret").put32(ROOT).put("got")));
        assertEquals("ENOTDIR", ask(MessageTypes.RENAMEAT, m -> m.put32(ROOT).put("inside").put32(3).put("gone")));
        assertEquals("EINVAL", set(2, MessageTypes.SET_SIZE));
        assertEquals("EOPNOTSUPP", set(2, MessageTypes.SET_MODE));
        long modified = Files.getLastModifiedTime(secret).toMillis();
        assertEquals("ok", set(2, MessageTypes.SET_MTIME | MessageTypes.SET_MTIME_GIVEN));
        assertEquals(modified, Files.getLastModifiedTime(secret).toMillis());
        assertEquals("ok", ask(MessageTypes.LINK, m -> m.put32(ROOT).put32(2).put("second")));
        assertTrue(Files.isSymbolicLink(folder.resolve("second")), "a second name of the link itself");
        assertNothingHappenedOutside();
    }

    private String set(int fid, int valid) throws ErrnoException {
        return ask(MessageTypes.SETATTR, m -> m.put32(fid).put32(valid).put32(0777).put32(0).put32(0).put64(0).put64(0).put64(0).put64(0).put64(0));
    }

    /** A number stands for a directory, and the directory becomes a link: by the client itself, and by somebody on the host. */
    @Test
    void whatBecomesALinkIsNotFollowedEither() throws Exception {
        assertEquals("ok", walk(ROOT, 2, "inside"));
        assertEquals("ok", walk(2, 3, "file"));
        assertEquals("ok", walk(2, 5));
        assertEquals("ok", open(5, 0200000));
        assertEquals("ok", ask(MessageTypes.RENAMEAT, m -> m.put32(ROOT).put("inside").put32(ROOT).put("moved")));
        assertEquals("ok", ask(MessageTypes.SYMLINK, m -> m.put32(ROOT).put("inside").put(place.resolve("outside").toString()).put32(-1)));
        assertEquals("ENOENT", walk(2, 4, "secret"), "numbers go with what was moved");
        assertEquals("ok", open(3, 0));
        Files.move(folder.resolve("moved"), folder.resolve("away"));
        Files.createSymbolicLink(folder.resolve("moved"), place.resolve("outside"));
        assertEquals("ENOTDIR", walk(2, 4, "secret"));
        assertEquals("ENOTDIR", ask(MessageTypes.READDIR, m -> m.put32(5).put64(0).put32(4000)));
        assertEquals("ELOOP", ask(MessageTypes.GETATTR, m -> m.put32(3).put64(-1)));
        assertNothingHappenedOutside();
    }

    @Test
    void aNameThatIsAnothersMeanwhileIsNotTheOldFiles() throws Exception {
        assertEquals("ok", walk(ROOT, 2, "inside", "file"));
        assertEquals("ok", walk(ROOT, 3, "inside"));
        assertEquals("ok", ask(MessageTypes.UNLINKAT, m -> m.put32(3).put("file").put32(0)));
        Files.writeString(folder.resolve("inside/file"), "other");
        assertEquals("ENOENT", open(2, 0));
    }

    /** Any question at all, and pieces of good ones: an answer comes, or the end; and nothing outside changes. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void anyNonsenseIsSurvived(@ForAll Random random) throws Exception {
        place = Files.createTempDirectory("ninep");
        try {
            lend();
            TreeMap<String, String> before = outside();
            String[] names = {"inside", "file", "way-out", "secret", "link", "..", ".", "", "a", "../outside/secret", "outside"};
            int[] types = {6, 8, 12, 14, 16, 18, 20, 22, 24, 26, 30, 40, 50, 52, 70, 72, 74, 76, 108, 110, 110, 110, 116, 118, 120, 122};
            for (int i = 0; i < 200; i++) {
                Message in = new Message(question);
                in.begin(types[random.nextInt(types.length)], random.nextInt());
                for (int part = random.nextInt(8); part >= 0; part--) {
                    switch (random.nextInt(4)) {
                        case 0 -> in.put32(random.nextInt(6));
                        case 1 -> in.put(names[random.nextInt(names.length)]);
                        case 2 -> in.put16(random.nextInt(3));
                        default -> in.put32(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(0x400));
                    }
                }
                int length = in.end();
                if (random.nextInt(20) == 0) {
                    ByteBuffer.wrap(question).put(random.nextInt(length), (byte) random.nextInt());
                }
                int answered = server.answer(question, length, answer);
                assertTrue(answered == 0 || new Message(answer).received(answered));
            }
            assertEquals(before, outside());
        } finally {
            server.close();
            try (Stream<Path> all = Files.walk(place)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private TreeMap<String, String> outside() throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(place.resolve("outside"))) {
            for (Path path : walk.toList()) {
                all.put(path.toString(), Files.readAttributes(path, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS).toString());
            }
        }
        return all;
    }
}
