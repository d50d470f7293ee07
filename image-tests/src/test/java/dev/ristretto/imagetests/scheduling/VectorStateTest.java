package dev.ristretto.imagetests.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imagetests.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Vector, mask and floating-point registers survive preemption. Threads repeat computations that compilers put into such
 * registers, each thread with values of its own, while timers take the processor away every millisecond; a register that is lost
 * or mixed up with another thread's changes a result.
 */
class VectorStateTest {

    private static final int LENGTH = 4096;

    /** A computation over a thread's own data; the same every time it is called. */
    private interface Kernel {
        long compute();
    }

    @Test
    void arraysOfDoubles() throws InterruptedException {
        contend(seed -> {
            double[] a = new Random(seed).doubles(LENGTH).toArray();
            double[] b = new Random(~seed).doubles(LENGTH).toArray();
            double[] c = new double[LENGTH];
            return () -> {
                for (int i = 0; i < LENGTH; i++) {
                    c[i] = a[i] * b[i] + a[i] - b[i];
                }
                for (int i = 0; i < LENGTH; i++) {
                    c[i] = Math.sqrt(c[i] * c[i] + 1.0) / (b[i] + 1.0);
                }
                return Arrays.hashCode(c);
            };
        });
    }

    @Test
    void arraysOfIntsAndLongs() throws InterruptedException {
        contend(seed -> {
            int[] a = new Random(seed).ints(LENGTH).toArray();
            int[] b = new Random(~seed).ints(LENGTH).toArray();
            int[] c = new int[LENGTH];
            long[] d = new long[LENGTH];
            return () -> {
                for (int i = 0; i < LENGTH; i++) {
                    c[i] = (a[i] ^ b[i]) + (a[i] << 3) - (b[i] >>> 5);
                }
                for (int i = 0; i < LENGTH; i++) {
                    d[i] = (long) c[i] * 31 + a[i];
                }
                int sum = 0;
                for (int i = 0; i < LENGTH; i++) {
                    sum += c[i] * a[i];
                }
                return Arrays.hashCode(d) * 31L + sum;
            };
        });
    }

    @Test
    void conditionalsThatBecomeMasks() throws InterruptedException {
        contend(seed -> {
            int[] a = new Random(seed).ints(LENGTH, -1000, 1000).toArray();
            int[] c = new int[LENGTH];
            byte[] bytes = new byte[LENGTH];
            new Random(seed).nextBytes(bytes);
            return () -> {
                for (int i = 0; i < LENGTH; i++) {
                    c[i] = a[i] > 0 ? a[i] * 3 : Math.max(a[i], -500);
                }
                int mismatch = Arrays.mismatch(a, c);
                byte[] copy = Arrays.copyOfRange(bytes, 13, LENGTH);
                Arrays.fill(copy, 100, 300, (byte) (a[0] & 0x7f));
                return Arrays.hashCode(c) * 31L + Arrays.hashCode(copy) + mismatch + (Arrays.equals(bytes, copy) ? 1 : 0);
            };
        });
    }

    @Test
    void fusedMultiplyAddAndConversions() throws InterruptedException {
        contend(seed -> {
            float[] a = new float[LENGTH];
            Random random = new Random(seed);
            for (int i = 0; i < LENGTH; i++) {
                a[i] = random.nextFloat();
            }
            return () -> {
                double sum = 0.5;
                for (int i = 0; i < LENGTH; i++) {
                    sum = Math.fma(sum, 0.999, a[i]);
                }
                float product = 1;
                for (int i = 0; i < LENGTH; i++) {
                    product = Math.fma(product, 0.5f, a[i] * (int) sum);
                }
                return Double.doubleToLongBits(sum) ^ Float.floatToIntBits(product) ^ Math.round(Math.rint(sum * 7.7));
            };
        });
    }

    @Test
    void stringsAndTheirIntrinsics() throws InterruptedException {
        contend(seed -> {
            StringBuilder text = new StringBuilder();
            Random random = new Random(seed);
            for (int i = 0; i < 1500; i++) {
                text.append((char) ('a' + random.nextInt(20)));
            }
            String latin = text + "needle" + seed;
            String wide = latin + "\u2615" + text;
            byte[] utf8 = wide.getBytes(StandardCharsets.UTF_8);
            return () -> {
                long result = latin.indexOf("needle" + seed);
                result = result * 31 + wide.indexOf('\u2615');
                result = result * 31 + new String(utf8, StandardCharsets.UTF_8).hashCode();
                result = result * 31 + new String(wide.toCharArray(), 0, 1400).hashCode();
                result = result * 31 + latin.compareTo(wide);
                result = result * 31 + latin.toUpperCase(Locale.ROOT).hashCode();
                return result;
            };
        });
    }

    @Test
    void checksums() throws InterruptedException {
        contend(seed -> {
            byte[] bytes = new byte[LENGTH * 4];
            new Random(seed).nextBytes(bytes);
            return () -> {
                CRC32 crc = new CRC32();
                crc.update(bytes, 7, bytes.length - 7);
                return crc.getValue() * 31 + Arrays.hashCode(bytes);
            };
        });
    }

    @Test
    void allOfThemAtOnce() throws InterruptedException {
        List<LongFunction<Kernel>> kinds = List.of(VectorStateTest::scalars, VectorStateTest::squares);
        contend(seed -> kinds.get((int) (seed & 1)).apply(seed));
    }

    private static Kernel scalars(long seed) {
        return () -> {
            double x = 0.1 + seed * 1e-3;
            for (int i = 0; i < LENGTH; i++) {
                x = 3.7 * x * (1 - Math.min(x, 0.99)) + Math.abs(Math.ceil(x) - x) * 1e-9;
            }
            return Double.doubleToLongBits(x);
        };
    }

    private static Kernel squares(long seed) {
        float[] a = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            a[i] = (seed + i) % 1000;
        }
        float[] b = new float[LENGTH];
        return () -> {
            for (int i = 0; i < LENGTH; i++) {
                b[i] = a[i] * a[i] * 0.25f + 1;
            }
            return Arrays.hashCode(b);
        };
    }

    private static void contend(LongFunction<Kernel> kind) throws InterruptedException {
        long end = System.nanoTime() + Settings.duration("preemption", 1).toNanos() / 2;
        AtomicReference<String> wrong = new AtomicReference<>();
        AtomicLong rounds = new AtomicLong();
        AtomicLong preemptions = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            long seed = 1000 + t;
            threads.add(Thread.ofPlatform().start(() -> {
                Kernel kernel = kind.apply(seed);
                long expected = kernel.compute();
                do {
                    long actual = kernel.compute();
                    if (actual != expected) {
                        wrong.compareAndSet(null, "thread " + seed + " computed " + actual + " instead of " + expected);
                    }
                    rounds.incrementAndGet();
                } while (wrong.get() == null && System.nanoTime() < end);
            }));
        }
        while (System.nanoTime() < end && wrong.get() == null) {
            LockSupport.parkNanos(500_000);
            preemptions.incrementAndGet();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
        assertTrue(rounds.get() >= 4 && preemptions.get() >= 5, "rounds " + rounds + ", wake-ups in between " + preemptions);
    }
}
