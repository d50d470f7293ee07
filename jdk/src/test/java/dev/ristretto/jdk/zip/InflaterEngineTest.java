package dev.ristretto.jdk.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The decompressor does, call by call, what the zlib of the JDK does. */
class InflaterEngineTest {

    @Property(tries = 400)
    void everyCallAgreesWithZlib(@ForAll long seed, @ForAll @IntRange(min = -1, max = 9) int level,
                    @ForAll @IntRange(max = 2) int strategy, @ForAll boolean wrapped) {
        Random random = new Random(seed);
        byte[] data = Samples.mixed(seed, random.nextInt(1 << random.nextInt(19)));
        byte[] stream = compress(data, level, strategy, wrapped, random);
        byte[] withTail = Arrays.copyOf(stream, stream.length + random.nextInt(20));
        Transcript transcript = new Transcript(wrapped, random);
        transcript.run(withTail, data.length);
        assertTrue(transcript.finished);
        assertArrayEquals(data, transcript.output());
        assertEquals(stream.length, transcript.totalConsumed);
    }

    @Property(tries = 2000)
    void damagedStreamsFailAsInZlib(@ForAll long seed, @ForAll boolean wrapped) {
        Random random = new Random(seed);
        byte[] data = Samples.mixed(seed, 1 + random.nextInt(1 << random.nextInt(14)));
        byte[] stream = compress(data, random.nextInt(11) - 1, random.nextInt(3), wrapped, random);
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            // Headers are short and decide much, so that half of the damage goes there.
            int range = random.nextBoolean() ? Math.min(stream.length, 80) : stream.length;
            stream[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        }
        new Transcript(wrapped, random).run(stream, 4 * data.length + 100);
    }

    @Property(tries = 2000)
    void noiseFailsAsInZlib(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        if (noise.length > 0) {
            // Most noise would be an invalid or a stored block.
            noise[0] = (byte) (noise[0] & ~6 | (random.nextInt(8) == 0 ? 0 : random.nextBoolean() ? 2 : 4));
        }
        new Transcript(false, random).run(noise, 2000);
    }

    @Test
    void dictionaryIsAskedForByItsChecksum() throws DataFormatException {
        byte[] dictionary = "the quick brown fox jumps over the lazy dog".getBytes();
        byte[] data = "the lazy dog jumps over the quick brown fox".getBytes();
        byte[] stream = new byte[200];
        int length;
        try (Deflater deflater = new Deflater()) {
            deflater.setDictionary(dictionary);
            deflater.setInput(data);
            deflater.finish();
            length = deflater.deflate(stream);
        }
        InflaterEngine engine = new InflaterEngine(true);
        byte[] out = new byte[100];
        engine.inflate(stream, 0, length, out, 0, out.length);
        assertTrue(engine.needsDictionary());
        assertEquals(Adler32Sum.update(Adler32Sum.INITIAL, dictionary, 0, dictionary.length), engine.adler());
        int header = engine.consumed();
        engine.inflate(stream, header, length - header, out, 0, out.length);
        assertEquals(0, engine.consumed());
        assertThrows(IllegalArgumentException.class, () -> engine.setDictionary(data, 0, data.length));
        engine.setDictionary(dictionary, 0, dictionary.length);
        engine.inflate(stream, header, length - header, out, 0, out.length);
        assertTrue(engine.finished());
        assertArrayEquals(data, Arrays.copyOf(out, engine.produced()));
    }

    @Test
    void rawStreamTakesADictionaryAtTheStart() throws DataFormatException {
        byte[] dictionary = Samples.mixed(1, 40_000);
        byte[] data = Arrays.copyOfRange(dictionary, 20_000, 39_000);
        byte[] stream = new byte[40_000];
        int length;
        try (Deflater deflater = new Deflater(9, true)) {
            deflater.setDictionary(dictionary);
            deflater.setInput(data);
            deflater.finish();
            length = deflater.deflate(stream);
        }
        InflaterEngine engine = new InflaterEngine(false);
        engine.setDictionary(dictionary, 0, dictionary.length);
        byte[] out = new byte[data.length];
        engine.inflate(stream, 0, length, out, 0, out.length);
        assertTrue(engine.finished());
        assertArrayEquals(data, out);
    }

    @Test
    void dictionaryNobodyAskedForIsRefused() {
        InflaterEngine engine = new InflaterEngine(true);
        assertThrows(IllegalArgumentException.class, () -> engine.setDictionary(new byte[10], 0, 10));
    }

    @Test
    void resetForgetsTheFailedStream() throws DataFormatException {
        InflaterEngine engine = new InflaterEngine(true);
        byte[] out = new byte[10];
        assertThrows(DataFormatException.class, () -> engine.inflate(new byte[] {1, 2, 3}, 0, 3, out, 0, 10));
        assertThrows(DataFormatException.class, () -> engine.inflate(new byte[0], 0, 0, out, 0, 10));
        engine.reset();
        byte[] stream = compress(new byte[] {7, 7, 7}, 6, 0, true, new Random(1));
        engine.inflate(stream, 0, stream.length, out, 0, 10);
        assertTrue(engine.finished());
        assertArrayEquals(new byte[] {7, 7, 7}, Arrays.copyOf(out, engine.produced()));
    }

    /** Compresses with the JDK's zlib, flushing now and then, so that empty blocks occur too. */
    private static byte[] compress(byte[] data, int level, int strategy, boolean wrapped, Random random) {
        try (Deflater deflater = new Deflater(level, !wrapped)) {
            deflater.setStrategy(strategy);
            byte[] stream = new byte[data.length * 2 + 100_000];
            int length = 0;
            int at = 0;
            for (int flushes = random.nextInt(4); flushes > 0; flushes--) {
                int n = random.nextInt(data.length - at + 1);
                deflater.setInput(data, at, n);
                int flush = random.nextBoolean() ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
                do {
                    length += deflater.deflate(stream, length, stream.length - length, flush);
                } while (!deflater.needsInput());
                at += n;
            }
            deflater.setInput(data, at, data.length - at);
            deflater.finish();
            while (!deflater.finished()) {
                length += deflater.deflate(stream, length, stream.length - length);
            }
            return Arrays.copyOf(stream, length);
        }
    }

    /** Feeds the same pieces to both decompressors and compares what they say after every call. */
    private static final class Transcript {
        private final Inflater expected;
        private final InflaterEngine actual;
        private final Random random;
        private byte[] expectedOutput;
        private byte[] actualOutput;
        private int totalProduced;
        int totalConsumed;
        boolean finished;

        Transcript(boolean wrapped, Random random) {
            this.expected = new Inflater(!wrapped);
            this.actual = new InflaterEngine(wrapped);
            this.random = random;
        }

        byte[] output() {
            return Arrays.copyOf(actualOutput, totalProduced);
        }

        void run(byte[] stream, int room) {
            expectedOutput = new byte[room];
            actualOutput = new byte[room];
            boolean inOnePiece = random.nextInt(4) == 0;
            int idle = 0;
            try {
                while (!finished && idle < 100) {
                    int offer = inOnePiece ? stream.length - totalConsumed
                                    : Math.min(stream.length - totalConsumed, Samples.pieceSize(random));
                    int space = inOnePiece ? room - totalProduced : Math.min(room - totalProduced, Samples.pieceSize(random));
                    call(stream, offer, space);
                    idle = actual.consumed() + actual.produced() > 0 ? 0 : idle + 1;
                }
            } catch (DataFormatException e) {
                // Both failed alike.
            } finally {
                expected.end();
            }
            assertArrayEquals(expectedOutput, actualOutput);
        }

        private void call(byte[] stream, int offer, int space) throws DataFormatException {
            expected.setInput(stream, totalConsumed, offer);
            DataFormatException failure = null;
            int n = 0;
            long writtenBefore = expected.getBytesWritten();
            try {
                n = expected.inflate(expectedOutput, totalProduced, space);
            } catch (DataFormatException e) {
                failure = e;
                n = (int) (expected.getBytesWritten() - writtenBefore);
            }
            if (failure != null) {
                DataFormatException thrown = assertThrows(DataFormatException.class,
                                () -> actual.inflate(stream, totalConsumed, offer, actualOutput, totalProduced, space));
                assertEquals(failure.getMessage(), thrown.getMessage());
                assertEquals(n, actual.produced());
                throw failure;
            }
            actual.inflate(stream, totalConsumed, offer, actualOutput, totalProduced, space);
            assertEquals(n, actual.produced(), "produced");
            assertEquals(offer - expected.getRemaining(), actual.consumed(), "consumed");
            assertEquals(expected.finished(), actual.finished(), "finished");
            assertEquals(expected.needsDictionary(), actual.needsDictionary(), "needs dictionary");
            assertEquals(expected.getAdler(), actual.adler(), "checksum");
            totalConsumed += actual.consumed();
            totalProduced += actual.produced();
            finished = actual.finished();
        }
    }
}
