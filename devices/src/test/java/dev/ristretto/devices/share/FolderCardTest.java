package dev.ristretto.devices.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.NinepSession;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FolderCardTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {ModelFolder.ALL, 1, 1 | 1L << 28, 1 | 1L << 29})
    void filesPassBothWays(long features) throws Exception {
        ModelFolder model = new ModelFolder(folder, features, "/src/main:ro");
        FolderCard card = model.start();
        assertEquals("/src/main:ro", card.tag());
        DirectoryNode root = NinepSession.open(card).attach("", false).root();
        byte[] content = new byte[700_000];
        new Random(features).nextBytes(content);
        FileNode file = root.createFile("a", 0600);
        assertEquals(content.length, file.write(0, ByteBuffer.wrap(content)));
        assertEquals(ByteBuffer.wrap(content), ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a"))));
        ByteBuffer back = ByteBuffer.allocate(content.length + 1);
        assertEquals(content.length, file.read(0, back));
        assertEquals(ByteBuffer.wrap(content), back.flip());
        assertEquals(0, model.log.size(), model.log.toString());
    }

    /** The device answers and forgets to say so. */
    @Test
    void lostInterruptsAreSurvived() throws Exception {
        Files.createFile(folder.resolve("a"));
        ModelFolder model = new ModelFolder(folder, ModelFolder.ALL, "share");
        DirectoryNode root = NinepSession.open(model.start()).attach("", false).root();
        model.model.raiseQueue = () -> { };
        for (int i = 0; i < 5; i++) {
            assertNotNull(root.lookup("a"));
        }
    }

    /** Many threads ask; each gets its own answer. */
    @Test
    void threadsTakeTurns() throws Exception {
        ModelFolder model = new ModelFolder(folder, ModelFolder.ALL, "share");
        DirectoryNode root = NinepSession.open(model.start()).attach("", false).root();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            String name = "file" + i;
            threads[i] = Thread.ofVirtual().start(() -> {
                try {
                    FileNode file = root.createFile(name, 0600);
                    for (int j = 0; j < 200; j++) {
                        file.append(ByteBuffer.wrap(name.getBytes()));
                    }
                } catch (ErrnoException e) {
                    throw new AssertionError(e);
                }
            });
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            assertEquals(("file" + i).repeat(200), Files.readString(folder.resolve("file" + i)));
        }
    }

    @Test
    void whatCannotBeUsedIsSaid() throws Exception {
        ModelFolder nameless = new ModelFolder(folder, ModelFolder.ALL & ~1, "share");
        assertNull(nameless.start());
        assertTrue(nameless.log.getFirst().contains("does not say what its folder is called"), nameless.log.toString());
        ModelFolder cutOff = new ModelFolder(folder, ModelFolder.ALL, "share");
        cutOff.model.configuration[1] = 3;
        assertNull(cutOff.start());
        assertTrue(cutOff.log.getFirst().contains("does not say what its folder is called"), cutOff.log.toString());
        ModelFolder tiny = new ModelFolder(folder, 1, "share");
        tiny.model.maxQueueSize = 1;
        assertNull(tiny.start());
        assertTrue(tiny.log.getFirst().contains("queue is too short"), tiny.log.toString());
        ModelFolder poor = new ModelFolder(folder, ModelFolder.ALL, "share");
        poor.host.memoryLeft = 200_000;
        assertNull(poor.start());
        assertTrue(poor.log.getFirst().contains("contiguous memory"), poor.log.toString());
        ModelFolder changing = new ModelFolder(folder, ModelFolder.ALL, "share");
        changing.model.changesAllTheTime = true;
        assertEquals("share", changing.start().tag());
    }

    static Stream<Arguments> tricks() {
        return Stream.of(
            trick("an id that is none", "a buffer that it did not have", (self, chain) -> answer(self, chain, 999, 20)),
            trick("a negative id", "a buffer that it did not have", (self, chain) -> answer(self, chain, -1, 20)),
            trick("more than there was room for", "more than there was room for", (self, chain) -> answer(self, chain, chain.head(), chain.room() + 1)),
            trick("a negative length", "more than there was room for", (self, chain) -> answer(self, chain, chain.head(), -1)),
            trick("an index that jumps", "more buffers than it had", (self, chain) -> {
                self.model.queues[0].used += 5000;
                return true;
            }),
            trick("it needs a reset", "needs a reset", (self, chain) -> {
                self.model.status |= 64;
                self.model.raiseConfiguration.run();
                return true;
            }));
    }

    private static Arguments trick(String name, String complaint, ModelFolder.Trick trick) {
        return Arguments.of(name, complaint, trick);
    }

    private static boolean answer(ModelFolder self, ModelQueue.Chain chain, int id, int length) {
        self.answer(chain, id, new byte[20], length);
        return true;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void aDeviceThatBreaksARuleIsStopped(String name, String complaint, ModelFolder.Trick trick) throws Exception {
        for (boolean resets : new boolean[] {true, false}) {
            ModelFolder model = new ModelFolder(folder, ModelFolder.ALL, "share");
            FolderCard card = model.start();
            DirectoryNode root = NinepSession.open(card).attach("", false).root();
            root.attributes();
            model.model.neverResets = !resets;
            model.trick = trick;
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, root::attributes).errno());
            assertTrue(card.isStopped());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> card.exchange(new byte[100], 7, new byte[card.maximum()])).errno());
            assertEquals(1, model.log.size(), model.log.toString());
            assertTrue(model.log.getFirst().contains(complaint), model.log.getFirst());
        }
    }

    /** Answers that a device may give, but no server: they are the client's to refuse. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 20})
    void anAnswerWithoutSenseIsNoMoreThanThat(int length) throws Exception {
        ModelFolder model = new ModelFolder(folder, ModelFolder.ALL, "share");
        FolderCard card = model.start();
        DirectoryNode root = NinepSession.open(card).attach("", false).root();
        model.trick = (self, chain) -> answer(self, chain, chain.head(), length);
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, root::attributes).errno());
        assertEquals(length, card.exchange(new byte[100], 7, new byte[card.maximum()]), "the device goes on");
    }
}
