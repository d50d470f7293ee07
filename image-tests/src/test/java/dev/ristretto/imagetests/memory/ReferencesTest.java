package dev.ristretto.imagetests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ReferencesTest {

    @Test
    void aWeakReferenceIsClearedAndQueued() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> reference = weak(queue);
        collectUntil(() -> reference.get() == null);
        assertNull(reference.get());
        assertSame(reference, queue.remove(10_000));
        assertNull(queue.poll());
    }

    private static WeakReference<Object> weak(ReferenceQueue<Object> queue) {
        return new WeakReference<>(new byte[100], queue);
    }

    @Test
    void aStrongReferenceKeepsAlive() {
        Object strong = new Object();
        WeakReference<Object> reference = new WeakReference<>(strong);
        System.gc();
        assertSame(strong, reference.get());
        Reference.reachabilityFence(strong);
    }

    @Test
    void aSoftReferenceSurvivesPlentyAndFallsToNeed() {
        SoftReference<byte[]> reference = new SoftReference<>(new byte[1 << 20]);
        assertNotNull(reference.get());
        List<byte[]> blocks = new ArrayList<>();
        assertThrows(OutOfMemoryError.class, () -> {
            while (true) {
                blocks.add(new byte[4 << 20]);
            }
        });
        blocks.clear();
        assertNull(reference.get(), "soft references are cleared before an OutOfMemoryError");
    }

    @Test
    void aPhantomReferenceIsQueued() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> reference = phantom(queue);
        assertNull(reference.get());
        collectUntil(() -> reference.refersTo(null));
        assertSame(reference, queue.remove(10_000));
    }

    private static PhantomReference<Object> phantom(ReferenceQueue<Object> queue) {
        return new PhantomReference<>(new byte[100], queue);
    }

    @Test
    void aCleanerRunsWhenItsObjectIsGone() throws InterruptedException {
        Cleaner cleaner = Cleaner.create();
        CountDownLatch cleaned = new CountDownLatch(1);
        register(cleaner, cleaned);
        collectUntil(() -> cleaned.getCount() == 0);
        assertTrue(cleaned.await(10, TimeUnit.SECONDS));
    }

    private static void register(Cleaner cleaner, CountDownLatch cleaned) {
        cleaner.register(new byte[100], cleaned::countDown);
    }

    @Test
    void cleaningByHandHappensOnce() {
        int[] count = new int[1];
        Object object = new Object();
        Cleaner.Cleanable cleanable = Cleaner.create().register(object, () -> count[0]++);
        cleanable.clean();
        cleanable.clean();
        assertEquals(1, count[0]);
        Reference.reachabilityFence(object);
    }

    @Test
    void aWeakHashMapForgets() throws InterruptedException {
        Map<Object, String> map = new WeakHashMap<>();
        Object kept = new Object();
        map.put(kept, "kept");
        fill(map);
        collectUntil(() -> map.size() == 1);
        assertEquals(Map.of(kept, "kept"), map);
    }

    private static void fill(Map<Object, String> map) {
        for (int i = 0; i < 50; i++) {
            map.put(new byte[10], "gone");
        }
    }

    @Test
    void cyclesAreCollected() throws InterruptedException {
        WeakReference<Object> reference = cycle();
        collectUntil(() -> reference.get() == null);
        assertNull(reference.get());
    }

    private static WeakReference<Object> cycle() {
        Object[] a = new Object[1];
        Object[] b = {a};
        a[0] = b;
        return new WeakReference<>(a);
    }

    @Test
    void clearingAndEnqueueingByHand() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Object object = new Object();
        WeakReference<Object> reference = new WeakReference<>(object, queue);
        assertTrue(reference.enqueue());
        assertFalse(reference.enqueue());
        assertSame(reference, queue.poll());
        assertTrue(reference.refersTo(null));
        Reference.reachabilityFence(object);
    }

    private static void collectUntil(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 50 && !done.getAsBoolean(); i++) {
            System.gc();
            Thread.sleep(i);
        }
    }
}
