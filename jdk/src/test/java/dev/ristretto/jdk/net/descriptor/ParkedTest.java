package dev.ristretto.jdk.net.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.vfs.DescriptorTable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParkedTest {
    private final EventCounter counter = new EventCounter();
    private final AtomicInteger ready = new AtomicInteger(-1);

    /** A virtual thread that does what the JDK's do: park until an attempt succeeds. */
    private Thread waiter(CountDownLatch parking, CountDownLatch stop) {
        return Thread.ofVirtual().start(() -> {
            int events = 0;
            while (events == 0 && stop.getCount() > 0) {
                counter.parkUntilReady(Readiness.IN, 0, () -> {
                    parking.countDown();
                    return stop.getCount() > 0;
                });
                events = counter.readiness() & Readiness.IN;
            }
            ready.set(events);
        });
    }

    @Test
    void readinessUnparks() throws Exception {
        CountDownLatch parking = new CountDownLatch(1);
        Thread waiter = waiter(parking, new CountDownLatch(1));
        parking.await();
        counter.increment();
        waiter.join();
        assertEquals(Readiness.IN, ready.get());
    }

    @Test
    void stoppingUnparks() throws Exception {
        CountDownLatch parking = new CountDownLatch(1);
        CountDownLatch stop = new CountDownLatch(1);
        Thread waiter = waiter(parking, stop);
        parking.await();
        stop.countDown();
        counter.wakeAll();
        waiter.join();
        assertEquals(0, ready.get());
    }

    @Test
    void closingUnparks() throws Exception {
        DescriptorTable table = new DescriptorTable(2);
        int fd = table.add(counter);
        CountDownLatch parking = new CountDownLatch(1);
        CountDownLatch stop = new CountDownLatch(1);
        Thread waiter = waiter(parking, stop);
        parking.await();
        stop.countDown();
        table.close(fd);
        waiter.join();
        assertEquals(0, ready.get());
    }

    @Test
    void stoppingLeavesASetAsItIs() throws Exception {
        Epoll epoll = new Epoll();
        epoll.add(1, counter, Readiness.IN);
        counter.wakeAll();
        counter.increment();
        assertEquals(1, epoll.poll((index, descriptor, events) -> { }, 8, 0));
    }

    @Test
    void whatIsReadyOrClosedDoesNotPark() {
        counter.increment();
        counter.parkUntilReady(Readiness.IN, 0, () -> true);
        counter.parkUntilReady(Readiness.ERROR, 0, () -> false);
        counter.parkUntilReady(Readiness.ERROR, 1, () -> true);
        assertTrue((counter.readiness() & Readiness.IN) != 0);
    }
}
