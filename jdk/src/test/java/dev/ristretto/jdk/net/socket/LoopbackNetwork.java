package dev.ristretto.jdk.net.socket;

import dev.ristretto.network.Network;
import dev.ristretto.network.stack.Budget;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The real stack without a card, driven by a thread as in an image. */
final class LoopbackNetwork implements AutoCloseable {
    private final long start = System.nanoTime();
    private final Random random = new Random(7);
    private final Thread thread;
    private volatile boolean closed;
    final Network network;

    LoopbackNetwork() {
        Thread[] driver = new Thread[1];
        network = new Network(this::nanos, random::nextLong, Budget.forMemory(16 << 20), ByteBuffer::allocateDirect, line -> { },
                deadline -> LockSupport.unpark(driver[0]));
        driver[0] = Thread.ofPlatform().daemon().unstarted(this::run);
        thread = driver[0];
        thread.start();
    }

    private long nanos() {
        return System.nanoTime() - start;
    }

    private void run() {
        while (!closed) {
            long left = network.advance(nanos()) - nanos();
            if (left > 0) {
                LockSupport.parkNanos(Math.min(left, 50_000_000));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
