package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.util.concurrent.locks.ReentrantLock;

/** A conversation with a server, in which one question is asked at a time. */
public final class NinepSession {
    private static final int LEAST = 8192;
    /** So many unreachable numbers are given back before a question: more than a question makes. */
    private static final int CLUNKS = 4;
    private static final int PAGE = 4096;
    /** EDQUOT: to a program the same as a full disk. */
    private static final int QUOTA_EXCEEDED = 122;

    /** Writes a question's parts. */
    interface Question {
        void into(Message message) throws ErrnoException;
    }

    /** Reads an answer's parts, all of them. */
    interface Answer<T> {
        T from(Message message) throws ErrnoException;
    }

    private static final Answer<Void> NOTHING = message -> null;

    private final ReentrantLock lock = new ReentrantLock();
    private final MessageTransport transport;
    private final FidTable fids = new FidTable();
    private final byte[] questionBytes;
    private final byte[] answerBytes;
    private final Message question;
    private final Message answer;
    private int maximum;
    private int tag;
    private boolean over;

    private NinepSession(MessageTransport transport) {
        this.transport = transport;
        maximum = transport.maximum();
        questionBytes = new byte[maximum];
        answerBytes = new byte[maximum];
        question = new Message(questionBytes);
        answer = new Message(answerBytes);
    }

    /** Begins a conversation; the transport is the session's from then on. */
    public static NinepSession open(MessageTransport transport) throws NinepException {
        NinepSession session = new NinepSession(transport);
        try {
            session.agree();
        } catch (ErrnoException e) {
            throw new NinepException("its server does not answer as one of " + MessageTypes.PROTOCOL + " does");
        }
        return session;
    }

    private void agree() throws ErrnoException, NinepException {
        record Version(int maximum, String protocol) {
        }
        Version version = call(MessageTypes.VERSION, message -> message.put32(maximum).put(MessageTypes.PROTOCOL),
                message -> new Version(message.take32(), message.takeText()));
        if (!version.protocol.equals(MessageTypes.PROTOCOL)) {
            throw new NinepException("its server does not speak " + MessageTypes.PROTOCOL);
        }
        if (version.maximum < LEAST || version.maximum > maximum) {
            throw new NinepException("its server takes messages of " + Integer.toUnsignedString(version.maximum) + " bytes, not of " + LEAST + " to " + maximum);
        }
        maximum = version.maximum;
    }

    /**
     * Mounts a tree of the server's.
     *
     * @param name     which one, as the server calls it; may be empty
     * @param readOnly whether every change is refused here
     */
    public NinepFileSystem attach(String name, boolean readOnly) throws NinepException {
        try {
            Walked root = newFid((number, message) -> message.put32(number).put32(MessageTypes.NONE).put("").put(name).put32(MessageTypes.NONE),
                    MessageTypes.ATTACH, Message::takeQid);
            if (root == null || (root.qid.type() & Qid.DIRECTORY) == 0) {
                throw new NinepException("it is no folder, as its server says");
            }
            return new NinepFileSystem(this, root.fid, root.qid, readOnly);
        } catch (ErrnoException e) {
            throw new NinepException("its server refuses it: " + e.errno().message());
        }
    }

    /** Most bytes that are read or written at a time. */
    int dataMaximum() {
        return (maximum - MessageTypes.DATA_OVERHEAD) / PAGE * PAGE;
    }

    /** Asks, and returns what came of it. */
    <T> T call(int type, Question parts, Answer<T> reader) throws ErrnoException {
        lock.lock();
        try {
            for (int i = 0; i < CLUNKS; i++) {
                int number = fids.pollUnreachable();
                if (number >= 0) {
                    clunk(number);
                }
            }
            return exchange(type, parts, reader);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #call}, where the answer is only that it was done. */
    void call(int type, Question parts) throws ErrnoException {
        call(type, parts, NOTHING);
    }

    private <T> T exchange(int type, Question parts, Answer<T> reader) throws ErrnoException {
        if (over) {
            throw Errno.EIO.exception();
        }
        tag = type == MessageTypes.VERSION ? MessageTypes.NO_TAG : tag + 1 & 0x7FFF;
        question.begin(type, tag);
        parts.into(question);
        int length = transport.exchange(questionBytes, question.end(), answerBytes);
        boolean fits = length <= maximum && answer.received(length) && answer.tag() == tag;
        boolean failed = fits && answer.type() == MessageTypes.LERROR + 1;
        if (!fits || !failed && answer.type() != type + 1) {
            over = true;
            throw Errno.EIO.exception();
        }
        if (failed) {
            int number = answer.take32();
            throw (number == QUOTA_EXCEEDED ? Errno.ENOSPC : Errno.of(number)).exception();
        }
        T result = reader.from(answer);
        if (answer.left() > 0) {
            throw Errno.EIO.exception();
        }
        return result;
    }

    /** A number that the server knows now, and the file that it stands for. */
    record Walked(Fid fid, Qid qid) {
    }

    private interface NumberedQuestion {
        void into(int number, Message message) throws ErrnoException;
    }

    /** Asks for a new number; null if the answer is null. */
    private Walked newFid(NumberedQuestion parts, int type, Answer<Qid> reader) throws ErrnoException {
        lock.lock();
        try {
            int number = fids.take();
            boolean[] answered = {false};
            Qid qid = null;
            try {
                qid = call(type, message -> parts.into(number, message), message -> {
                    answered[0] = true;
                    Qid read = reader.from(message);
                    answered[0] = read != null;
                    return read;
                });
            } finally {
                if (!answered[0]) { // otherwise the server may know it, also if the answer makes no sense
                    fids.giveBack(number);
                }
            }
            return qid == null ? null : new Walked(fids.add(number), qid);
        } finally {
            lock.unlock();
        }
    }

    /** The file of that name in a directory, or null. */
    Walked walk(Fid directory, String name) throws ErrnoException {
        try {
            return newFid((number, message) -> message.put32(directory.number()).put32(number).put16(1).put(name), MessageTypes.WALK, message -> {
                int count = message.take16();
                if (count > 1) {
                    throw Errno.EIO.exception();
                }
                return count == 0 ? null : message.takeQid();
            });
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    /** Another number for the same file. */
    Fid copy(Fid fid) throws ErrnoException {
        Qid none = new Qid(0, 0, 0);
        return newFid((number, message) -> message.put32(fid.number()).put32(number).put16(0), MessageTypes.WALK, message -> {
            if (message.take16() != 0) {
                throw Errno.EIO.exception();
            }
            return none;
        }).fid;
    }

    /** Has the server forget a number; what fails with that does not matter. */
    void close(Fid fid) {
        lock.lock();
        try {
            fids.remove(fid);
            clunk(fid.number());
        } finally {
            lock.unlock();
        }
    }

    private void clunk(int number) {
        try {
            exchange(MessageTypes.CLUNK, message -> message.put32(number), NOTHING);
        } catch (ErrnoException e) {
            // The protocol's rule: the number is free whatever is answered.
        }
        fids.giveBack(number);
    }
}
