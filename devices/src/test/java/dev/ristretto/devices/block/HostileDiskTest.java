package dev.ristretto.devices.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices that break rules: the disk is stopped with one line, and every call fails, those that wait and those to come. */
@Timeout(60)
class HostileDiskTest {
    private static final long WRITABLE = ModelDisk.ALL & ~DiskLimits.READ_ONLY;

    static Stream<Arguments> tricks() {
        return Stream.of(
            trick("an id that is none", "a buffer that it did not have", (disk, chain) -> answer(disk, chain, 999, 1, 0)),
            trick("a negative id", "a buffer that it did not have", (disk, chain) -> answer(disk, chain, -1, 1, 0)),
            trick("the same id twice", "", (disk, chain) -> {
                disk.answer(chain, chain.head(), chain.room(), 0);
                disk.model.queues[0].use(chain.head(), 1);
                return true;
            }),
            trick("more than there was room for", "more than there was room for",
                (disk, chain) -> answer(disk, chain, chain.head(), chain.room() + 1, 0)),
            trick("a negative length", "more than there was room for", (disk, chain) -> answer(disk, chain, chain.head(), -1, 0)),
            trick("an answer that is none", "answered a request with 77", (disk, chain) -> answer(disk, chain, chain.head(), chain.room(), 77)),
            trick("no answer", "without an answer", (disk, chain) -> answer(disk, chain, chain.head(), chain.room(), 0xFF)),
            trick("an index that jumps", "more buffers than it had", (disk, chain) -> {
                disk.model.queues[0].used += 5000;
                return true;
            }),
            trick("it needs a reset", "needs a reset", (disk, chain) -> {
                disk.model.status |= 64;
                disk.model.raiseConfiguration.run();
                return true;
            }));
    }

    private static Arguments trick(String name, String complaint, ModelDisk.Trick trick) {
        return Arguments.of(name, complaint, trick);
    }

    private static boolean answer(ModelDisk disk, ModelQueue.Chain chain, int id, int length, int status) {
        disk.answer(chain, id, length, status);
        return true;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void theDiskIsStopped(String name, String complaint, ModelDisk.Trick trick) throws Exception {
        for (boolean resets : new boolean[] {true, false}) {
            ModelDisk disk = new ModelDisk(WRITABLE, 1 << 20);
            disk.card.read(0, ByteBuffer.allocate(4096));
            disk.model.neverResets = !resets;
            disk.trick = trick;
            if (complaint.isEmpty()) {
                // The first answer counts; the second one breaks the queue, now or when there is something in it.
                readUntilStopped(disk);
            } else {
                assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.read(0, ByteBuffer.allocate(4096))).errno());
            }
            while (disk.log.isEmpty()) {
                Thread.onSpinWait();
            }
            assertTrue(disk.log.getFirst().contains(complaint), disk.log.getFirst());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.read(0, ByteBuffer.allocate(4096))).errno());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.write(0, ByteBuffer.allocate(1 << 19))).errno());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.flush()).errno());
            assertEquals(1, disk.log.size(), disk.log.toString());
        }
    }

    private static void readUntilStopped(ModelDisk disk) {
        for (int i = 0; i < 1000 && !disk.card.isStopped(); i++) {
            try {
                disk.card.read(0, ByteBuffer.allocate(4096));
            } catch (ErrnoException e) {
                assertEquals(Errno.EIO, e.errno());
            }
        }
    }

    /** What an earlier request left in memory is not content. */
    @Test
    void aReadThatWroteLessThanAskedForFails() throws ErrnoException {
        ModelDisk disk = new ModelDisk(WRITABLE, 1 << 20);
        disk.card.write(0, ByteBuffer.allocate(4096));
        disk.trick = (self, chain) -> answer(self, chain, chain.head(), 512, 0);
        assertThrows(ErrnoException.class, () -> disk.card.read(0, ByteBuffer.allocate(4096)));
        disk.trick = (self, chain) -> false;
        disk.card.read(0, ByteBuffer.allocate(4096));
    }

    /** Any nonsense at any time: each call ends, with success or with {@code EIO}, and the log gets one line at most. */
    @Property(tries = 100)
    void anyNonsenseIsSurvived(@ForAll Random random) {
        ModelDisk disk = new ModelDisk(WRITABLE & random.nextLong(), 1 << 20);
        if (disk.card == null) {
            return;
        }
        Random chances = new Random(random.nextLong());
        disk.trick = (self, chain) -> switch (chances.nextInt(30)) {
            case 0 -> answer(self, chain, chances.nextInt(70) - 2, chances.nextInt(5000) - 100, chances.nextInt(4));
            case 1 -> answer(self, chain, chain.head(), chances.nextInt(chain.room() + 2), chances.nextInt(4));
            case 2 -> {
                self.model.configuration[chances.nextInt(60)] = (byte) chances.nextInt();
                self.model.raiseConfiguration.run();
                yield false;
            }
            case 3 -> answer(self, chain, chain.head(), chain.room(), RequestQueue.IO_ERROR);
            default -> false;
        };
        for (int i = 0; i < 40 && !disk.card.isStopped(); i++) {
            try {
                switch (random.nextInt(4)) {
                    case 0 -> disk.card.flush();
                    case 1 -> disk.card.write(512L * random.nextInt(100), ByteBuffer.allocate(512 * random.nextInt(400)));
                    case 2 -> disk.card.writeZeroes(512L * random.nextInt(100), 512L * random.nextInt(100));
                    default -> disk.card.read(512L * random.nextInt(100), ByteBuffer.allocate(512 * random.nextInt(400)));
                }
            } catch (ErrnoException e) {
                assertTrue(e.errno() == Errno.EIO || e.errno() == Errno.EINVAL, e.toString());
            }
        }
        assertTrue(disk.log.size() <= 1, disk.log.toString());
    }
}
