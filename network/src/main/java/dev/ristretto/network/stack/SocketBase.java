package dev.ristretto.network.stack;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.ReadinessListener;
import dev.ristretto.network.socket.SocketOption;

/**
 * What is the same in all sockets: a listener, readiness and options, and that nothing works after close. The methods are those of
 * {@link dev.ristretto.network.socket.Socket}, which subclasses implement; each takes the stack's lock.
 */
public abstract class SocketBase {
    private static final int CLOSED = Readiness.READABLE | Readiness.WRITABLE | Readiness.HANGUP | Readiness.PEER_CLOSED;

    protected final StackLock lock;
    private final ReadinessNotifier notifier;
    private boolean isClosed;

    protected SocketBase(StackLock lock) {
        this.lock = lock;
        notifier = new ReadinessNotifier(lock);
    }

    /** The readiness may have got more bits. Under the lock. */
    public final void changed() {
        notifier.changed();
    }

    protected final boolean isClosed() {
        return isClosed;
    }

    /** From now on nothing works. Under the lock. @return false if that was so before */
    protected final boolean markClosed() {
        boolean was = isClosed;
        isClosed = true;
        return !was;
    }

    /** EBADF after close. Under the lock. */
    protected final void checkOpen() throws NetworkException {
        if (isClosed) {
            throw Errno.EBADF.exception();
        }
    }

    public final int readiness() {
        lock.lock();
        try {
            return isClosed ? CLOSED : openReadiness();
        } finally {
            lock.unlock();
        }
    }

    /** The readiness of a socket that is not closed. Under the lock. */
    protected abstract int openReadiness();

    public final void setListener(ReadinessListener listener) {
        notifier.listener(listener);
    }

    public final int option(SocketOption option) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            return get(option);
        } finally {
            lock.unlock();
        }
    }

    public final void setOption(SocketOption option, int value) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            set(option, value);
        } finally {
            lock.unlock();
        }
    }

    /** The value of an option of a socket that is not closed. Under the lock. */
    protected abstract int get(SocketOption option) throws NetworkException;

    /** Sets an option of a socket that is not closed. Under the lock. */
    protected abstract void set(SocketOption option, int value) throws NetworkException;
}
