package dev.ristretto.jdk.net.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EpollTest {
    private static final int FD = 5;

    private final Epoll epoll = new Epoll();
    private final EventCounter counter = new EventCounter();

    private List<String> poll() throws ErrnoException {
        List<String> found = new ArrayList<>();
        epoll.poll((index, descriptor, events) -> found.add(descriptor + ":" + events), 8, 0);
        return found;
    }

    private static void drain(Pollable file) throws ErrnoException {
        file.read(ByteBuffer.allocate(64));
    }

    @Test
    void levelTriggeredIsReportedUntilItIsRead() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        assertEquals(List.of(), poll());
        counter.increment();
        assertEquals(List.of("5:1"), poll());
        assertEquals(List.of("5:1"), poll());
        drain(counter);
        assertEquals(List.of(), poll());
    }

    @Test
    void whatIsReadyBeforeItIsAddedIsReported() throws Exception {
        counter.increment();
        epoll.add(FD, counter, Readiness.IN | Readiness.OUT);
        assertEquals(List.of("5:5"), poll());
    }

    @Test
    void edgeTriggeredIsReportedOncePerChange() throws Exception {
        epoll.add(FD, counter, Readiness.IN | Epoll.EDGE);
        counter.increment();
        assertEquals(List.of("5:1"), poll());
        assertEquals(List.of(), poll());
        counter.increment();
        assertEquals(List.of("5:1"), poll());
    }

    @Test
    void oneShotIsReportedOncePerModification() throws Exception {
        epoll.add(FD, counter, Readiness.IN | Epoll.ONE_SHOT);
        counter.increment();
        assertEquals(List.of("5:1"), poll());
        counter.increment();
        assertEquals(List.of(), poll());
        epoll.modify(FD, counter, Readiness.IN | Epoll.ONE_SHOT);
        assertEquals(List.of("5:1"), poll());
    }

    @Test
    void modifyingReplacesWhatIsWaitedFor() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        epoll.modify(FD, counter, Readiness.OUT);
        counter.increment();
        assertEquals(List.of("5:4"), poll());
    }

    @Test
    void removedIsNotReported() throws Exception {
        counter.increment();
        epoll.add(FD, counter, Readiness.IN);
        epoll.remove(FD, counter);
        assertEquals(List.of(), poll());
        assertEquals(Errno.ENOENT, assertThrows(ErrnoException.class, () -> epoll.remove(FD, counter)).errno());
        epoll.add(FD, counter, Readiness.IN);
        assertEquals(List.of("5:1"), poll());
    }

    @Test
    void aDescriptorCannotBeAddedTwice() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        assertEquals(Errno.EEXIST, assertThrows(ErrnoException.class, () -> epoll.add(FD, counter, Readiness.IN)).errno());
        assertEquals(Errno.ENOENT, assertThrows(ErrnoException.class, () -> epoll.modify(FD + 1, counter, Readiness.IN)).errno());
        assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> epoll.add(FD, epoll, Readiness.IN)).errno());
    }

    @Test
    void closingTakesADescriptorOutAndItsNumberCanBeUsedAgain() throws Exception {
        DescriptorTable table = new DescriptorTable(16);
        int fd = table.add(counter);
        counter.increment();
        epoll.add(fd, counter, Readiness.IN);
        table.close(fd);
        assertEquals(List.of(), poll());
        EventCounter other = new EventCounter();
        other.increment();
        assertEquals(fd, table.add(other));
        epoll.add(fd, other, Readiness.IN);
        assertEquals(List.of(fd + ":1"), poll());
    }

    @Test
    void asManyAsFitAreReportedAndTheOthersNextTime() throws Exception {
        for (int fd = 0; fd < 20; fd++) {
            EventCounter one = new EventCounter();
            one.increment();
            epoll.add(fd, one, Readiness.IN | Epoll.ONE_SHOT);
        }
        assertEquals(8, poll().size());
        assertEquals(8, poll().size());
        assertEquals(List.of("16:1", "17:1", "18:1", "19:1"), poll());
    }

    @Test
    void oneInTheSetOfAnotherWakesIt() throws Exception {
        Epoll outer = new Epoll();
        epoll.add(FD, counter, Readiness.IN | Epoll.ONE_SHOT);
        outer.add(1, epoll, Readiness.IN | Epoll.ONE_SHOT);
        assertEquals(0, outer.poll((i, d, e) -> { }, 8, 0));
        counter.increment();
        assertEquals(1, outer.poll((i, d, e) -> assertEquals(1, d), 8, 0));
        assertEquals(List.of("5:1"), poll());
        outer.modify(1, epoll, Readiness.IN | Epoll.ONE_SHOT);
        assertEquals(0, outer.poll((i, d, e) -> { }, 8, 0));
    }

    @Test
    void aThreadThatWaitsIsWoken() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        AtomicInteger found = new AtomicInteger();
        Thread waiter = Thread.ofPlatform().start(() -> found.set(pollForever()));
        counter.increment();
        waiter.join();
        assertEquals(1, found.get());
    }

    private int pollForever() {
        try {
            return epoll.poll((index, descriptor, events) -> { }, 8, Pollable.FOREVER);
        } catch (ErrnoException e) {
            return -e.errno().number();
        }
    }

    @Test
    void anInterruptedThreadGoesOnWaitingAndStaysInterrupted() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        CountDownLatch ready = new CountDownLatch(1);
        AtomicInteger found = new AtomicInteger();
        Thread waiter = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            ready.countDown();
            int count = pollForever();
            found.set(Thread.currentThread().isInterrupted() ? count : -1);
        });
        ready.await();
        counter.increment();
        waiter.join();
        assertEquals(1, found.get());
    }

    @Test
    void timeEndsTheWait() throws Exception {
        epoll.add(FD, counter, Readiness.IN);
        assertEquals(0, epoll.poll((index, descriptor, events) -> { }, 8, 1));
    }

    /** The pattern of the JDK's pollers: register once, report once, register again, from many threads at a time. */
    @Test
    void noReportIsLostBetweenThreads() throws Exception {
        int files = 8;
        int rounds = 2_000;
        Pipe[] pipes = new Pipe[files];
        for (int i = 0; i < files; i++) {
            pipes[i] = new Pipe();
            epoll.add(i, pipes[i].source(), Readiness.IN | Epoll.ONE_SHOT);
        }
        Thread[] writers = new Thread[files];
        for (int i = 0; i < files; i++) {
            Pollable sink = pipes[i].sink();
            writers[i] = Thread.ofPlatform().start(() -> {
                try {
                    for (int n = 0; n < rounds; n++) {
                        sink.write(ByteBuffer.wrap(new byte[] {1}));
                    }
                } catch (ErrnoException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        int[] read = new int[files];
        int sum = 0;
        while (sum < files * rounds) {
            List<Integer> found = new ArrayList<>();
            epoll.poll((index, descriptor, events) -> found.add(descriptor), 3, Pollable.FOREVER);
            for (int fd : found) {
                int count = pipes[fd].source().read(ByteBuffer.allocate(7));
                read[fd] += count;
                sum += count;
                epoll.modify(fd, pipes[fd].source(), Readiness.IN | Epoll.ONE_SHOT);
            }
        }
        for (int i = 0; i < files; i++) {
            writers[i].join();
            assertEquals(rounds, read[i]);
        }
        assertTrue(poll().isEmpty());
    }
}
