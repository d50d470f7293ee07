package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.jdk.net.descriptor.UnixSocketNames.FileId;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream socket between two parts of the program ({@code unix(7)}, {@code SOCK_STREAM}). The caller makes the file that stands for it;
 * here it is known by that file's identity and by the path that was used, which is what the other side is told.
 */
public final class UnixSocket extends SocketFile {
    /** Linux's {@code SOL_SOCKET} and the options of it that the JDK asks Unix sockets for. */
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_LINGER = 13;

    /** Linux's limit for a backlog, {@code net.core.somaxconn}. */
    private static final int MOST_BACKLOG = 4_096;
    private static final byte[] UNNAMED = {};

    private enum State { UNCONNECTED, LISTENING, CONNECTED }

    private final UnixSocketNames names;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<UnixSocket> waiting = new ArrayDeque<>();
    private volatile State state = State.UNCONNECTED;
    private volatile byte[] path = UNNAMED;
    private FileId file;
    private int backlog;

    private ByteQueue in;
    private ByteQueue out;
    private byte[] peerPath = UNNAMED;

    /** @param names where it will be found once it listens */
    public UnixSocket(UnixSocketNames names) {
        this.names = names;
    }

    /** Returns the path this is bound to, in the bytes given, empty if it is not. */
    public byte[] path() {
        return path;
    }

    /** Returns the path of the other side, empty if it has none. */
    public byte[] peerPath() {
        return peerPath;
    }

    /**
     * Gives this a name.
     *
     * @throws ErrnoException {@code EINVAL} if it has one
     */
    public void bind(byte[] path, FileId file) throws ErrnoException {
        lock.lock();
        try {
            if (this.path.length > 0) {
                throw Errno.EINVAL.exception();
            }
            this.path = path;
            this.file = file;
        } finally {
            lock.unlock();
        }
        names.put(file, this);
    }

    @Override
    public void listen(int backlog) throws ErrnoException {
        lock.lock();
        try {
            if (path.length == 0 || state == State.CONNECTED) {
                throw Errno.EINVAL.exception();
            }
            this.backlog = Math.clamp(backlog, 1, MOST_BACKLOG);
            state = State.LISTENING;
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Connects to whoever listens at a file. Never waits.
     *
     * @throws ErrnoException {@code ECONNREFUSED} if nobody does, or its backlog is full; {@code EISCONN}, {@code EINVAL}
     */
    public void connect(FileId target) throws ErrnoException {
        UnixSocket listener = names.get(target);
        if (listener == null) {
            throw Errno.ECONNREFUSED.exception();
        }
        UnixSocket peer = new UnixSocket(names);
        lock.lock();
        try {
            if (state == State.CONNECTED) {
                throw Errno.EISCONN.exception();
            }
            if (state == State.LISTENING) {
                throw Errno.EINVAL.exception();
            }
            ByteQueue there = queue(this, peer);
            ByteQueue back = queue(this, peer);
            peer.joined(there, back, path);
            peer.path = listener.path;
            // Before the other side can see it, so that it never meets half a connection; undone if it does not want it.
            joined(back, there, listener.path);
            if (!listener.offer(peer)) {
                state = State.UNCONNECTED;
                throw Errno.ECONNREFUSED.exception();
            }
        } finally {
            lock.unlock();
        }
        listener.changed();
        changed();
    }

    private static ByteQueue queue(UnixSocket a, UnixSocket b) {
        return new ByteQueue(() -> {
            a.changed();
            b.changed();
        });
    }

    private void joined(ByteQueue in, ByteQueue out, byte[] peerPath) {
        this.in = in;
        this.out = out;
        this.peerPath = peerPath;
        state = State.CONNECTED;
    }

    private boolean offer(UnixSocket peer) {
        lock.lock();
        try {
            if (state != State.LISTENING || waiting.size() >= backlog || isReleased()) {
                return false;
            }
            waiting.add(peer);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the next connection, which has no descriptor yet. Waits for one if this waits.
     *
     * @throws ErrnoException {@code EINVAL} if this does not listen, {@code EAGAIN}, {@code EINTR}
     */
    public UnixSocket accept() throws ErrnoException {
        while (true) {
            lock.lock();
            try {
                if (state != State.LISTENING) {
                    throw Errno.EINVAL.exception();
                }
                UnixSocket next = waiting.poll();
                if (next != null) {
                    return next;
                }
            } finally {
                lock.unlock();
            }
            awaitOrFail(Readiness.IN);
        }
    }

    @Override
    public boolean finishConnect() throws ErrnoException {
        if (state != State.CONNECTED) {
            throw Errno.ENOTCONN.exception();
        }
        return true;
    }

    @Override
    public void shutdown(int how) throws ErrnoException {
        if (state != State.CONNECTED) {
            throw Errno.ENOTCONN.exception();
        }
        if (how != SHUT_WR) {
            in.endReading();
        }
        if (how != SHUT_RD) {
            out.endWriting();
        }
    }

    @Override
    public int readiness() {
        return switch (state) {
            case UNCONNECTED -> Readiness.OUT | Readiness.HANG_UP;
            case LISTENING -> isAnyoneWaiting() ? Readiness.IN : 0;
            case CONNECTED -> (in.isReadable() || in.isReaderGone() ? Readiness.IN : 0) | (out.isWritable() ? Readiness.OUT : 0)
                | (in.isWriterGone() ? Readiness.READ_HANG_UP : 0) | (in.isWriterGone() && out.isReaderGone() ? Readiness.HANG_UP : 0);
        };
    }

    private boolean isAnyoneWaiting() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int tryRead(ByteBuffer destination) throws ErrnoException {
        if (state != State.CONNECTED) {
            throw Errno.EINVAL.exception();
        }
        return in.read(destination);
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        if (state != State.CONNECTED) {
            throw Errno.ENOTCONN.exception();
        }
        return out.write(source);
    }

    @Override
    public long available() {
        return state == State.CONNECTED ? in.length() : 0;
    }

    @Override
    public int option(int level, int name) throws ErrnoException {
        if (level == SOL_SOCKET && (name == SO_SNDBUF || name == SO_RCVBUF)) {
            return ByteQueue.CAPACITY;
        }
        if (level == SOL_SOCKET && name == SO_LINGER) {
            return -1;
        }
        throw Errno.ENOPROTOOPT.exception();
    }

    /** Sizes of buffers are hints and there is nothing to linger for: accepted, as the JDK sets them on every kind of socket. */
    @Override
    public void setOption(int level, int name, int value) throws ErrnoException {
        option(level, name);
    }

    @Override
    protected void close() {
        ArrayDeque<UnixSocket> refused;
        lock.lock();
        try {
            refused = new ArrayDeque<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        if (file != null) {
            names.remove(file, this);
        }
        for (UnixSocket peer : refused) {
            peer.hangUp();
        }
        if (state == State.CONNECTED) {
            hangUp();
        }
    }

    private void hangUp() {
        in.endReading();
        out.endWriting();
    }
}
