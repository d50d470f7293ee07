package dev.ristretto.jdk.net;

import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.Failures;
import dev.ristretto.jdk.net.descriptor.Epoll;
import dev.ristretto.jdk.net.descriptor.EventCounter;
import dev.ristretto.jdk.net.descriptor.Pollable;
import dev.ristretto.jdk.nio.memory.NativeLayouts;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.OpenFile;
import java.io.IOException;

/** What selectors and pollers ask of the system: {@code epoll(7)} and {@code eventfd(2)}. */
final class PollCalls {
    /** {@code EPOLL_CTL_ADD} and the like. */
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int MODIFY = 3;

    private PollCalls() {
    }

    private static int add(OpenFile file) throws IOException {
        try {
            return Descriptors.table().add(file);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int createEpoll() throws IOException {
        return add(new Epoll());
    }

    private static Epoll epoll(int descriptor) throws ErrnoException {
        if (Descriptors.get(descriptor) instanceof Epoll epoll) {
            return epoll;
        }
        throw Errno.EINVAL.exception();
    }

    /** Returns 0, or the number of the error. */
    static int control(int epollDescriptor, int operation, int descriptor, int events) {
        try {
            Epoll epoll = epoll(epollDescriptor);
            if (!(Descriptors.get(descriptor) instanceof Pollable file)) {
                return Errno.EPERM.number();
            }
            switch (operation) {
                case ADD -> epoll.add(descriptor, file, events);
                case REMOVE -> epoll.remove(descriptor, file);
                case MODIFY -> epoll.modify(descriptor, file, events);
                default -> throw Errno.EINVAL.exception();
            }
            return 0;
        } catch (ErrnoException e) {
            return e.errno().number();
        }
    }

    /** @param millis how long to wait at most, -1 for ever */
    static int wait(int epollDescriptor, long array, int limit, int millis) throws IOException {
        try {
            return epoll(epollDescriptor).poll((index, descriptor, events) -> NativeLayouts.putEvent(array, index, descriptor, events), limit, millis);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int createCounter() throws IOException {
        return add(new EventCounter());
    }

    static int increment(int descriptor) throws IOException {
        try {
            if (Descriptors.get(descriptor) instanceof EventCounter counter) {
                counter.increment();
                return 0;
            }
            throw Errno.EINVAL.exception();
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int duplicate(int descriptor) throws IOException {
        try {
            return Descriptors.table().duplicate(descriptor);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static void close(int descriptor) throws IOException {
        try {
            Descriptors.table().close(descriptor);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
