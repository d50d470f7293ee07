package dev.ristretto.imagetests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.lang.ref.Reference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ManagementTest {

    @Test
    void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        // A collection on either side: one that runs in between by itself frees what others left behind, more than what is added here.
        System.gc();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        assertTrue(heap.getUsed() > 0 && heap.getCommitted() >= heap.getUsed(), heap::toString);
        byte[] block = new byte[8 << 20];
        System.gc();
        MemoryUsage after = memory.getHeapMemoryUsage();
        Reference.reachabilityFence(block);
        assertTrue(after.getUsed() >= heap.getUsed() + (4 << 20), () -> "before " + heap + ", after " + after);
    }

    @Test
    void threads() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int before = threads.getThreadCount();
        Thread[] extra = new Thread[5];
        for (int i = 0; i < extra.length; i++) {
            extra[i] = Thread.ofPlatform().start(() -> LockSupport.parkNanos(600_000_000_000L));
        }
        for (Thread thread : extra) {
            // Only a thread that has begun to run is sure to be counted.
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
        }
        int now = threads.getThreadCount();
        assertTrue(now >= extra.length + 1, now + " threads, before " + before);
        assertTrue(threads.getPeakThreadCount() >= now, () -> "peak " + threads.getPeakThreadCount());
        assertTrue(threads.getTotalStartedThreadCount() >= extra.length);
        for (Thread thread : extra) {
            LockSupport.unpark(thread);
            thread.join(10_000);
        }
    }

    @Test
    void runtime() throws InterruptedException {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        long before = runtime.getUptime();
        Thread.sleep(20);
        assertTrue(runtime.getUptime() > before);
        assertTrue(runtime.getStartTime() <= System.currentTimeMillis());
        assertNotNull(runtime.getVmName());
        assertEquals("25", runtime.getSpecVersion());
    }

    @Test
    void operatingSystem() {
        assertTrue(ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors() >= 1);
        assertNotNull(ManagementFactory.getOperatingSystemMXBean().getArch());
    }
}
