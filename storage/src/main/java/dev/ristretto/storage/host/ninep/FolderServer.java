package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.Message;
import dev.ristretto.storage.ninep.MessageTypes;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers a client's questions about folders. A question that makes no sense is answered with an error as any other; what is no message at
 * all ends the conversation.
 * <p>
 * Two things Linux can do and Java cannot: a symbolic link's target comes without slashes at its end, and nobody knows how many blocks a file
 * takes. For one thread at a time.
 */
public final class FolderServer implements AutoCloseable {
    /** Most bytes of a message. */
    public static final int MAXIMUM = MessageTransport.USUAL_MAXIMUM;
    private static final int LEAST = 8192;
    /** Numbers that a client may have; those for files that it has open are limited by the host. */
    private static final int MOST_FIDS = 1 << 20;
    private static final int MOST_OPEN = 1024;

    private final Map<String, SharedFolder> folders;
    private final Map<Integer, HostFile> fids = new HashMap<>();
    private final FolderChanges changes = new FolderChanges(fids);
    private int maximum = LEAST;

    /** @param folders by the names that a client attaches to */
    public FolderServer(Map<String, SharedFolder> folders) {
        this.folders = Map.copyOf(folders);
    }

    /**
     * Answers a question.
     *
     * @param question {@code length} bytes, in an array of {@link #MAXIMUM}
     * @param answer   an array of {@link #MAXIMUM}
     * @return bytes of the answer; 0 if the question is none, and the client had better be left
     */
    public int answer(byte[] question, int length, byte[] answer) {
        Message in = new Message(question);
        if (!in.received(length)) {
            return 0;
        }
        Message out = new Message(answer);
        try {
            out.begin(in.type() + 1, in.tag());
            serve(in, out);
        } catch (ErrnoException | IOException | InvalidPathException | UnsupportedOperationException e) {
            out.begin(MessageTypes.LERROR + 1, in.tag()).put32(HostErrors.of(e).number());
        }
        return out.end();
    }

    private void serve(Message in, Message out) throws ErrnoException, IOException {
        switch (in.type()) {
            case MessageTypes.VERSION -> agree(in, out);
            case MessageTypes.FLUSH -> in.take16(); // what it would end has been answered
            case MessageTypes.ATTACH -> attach(in, out);
            case MessageTypes.WALK -> walk(in, out);
            case MessageTypes.CLUNK -> clunk(in.take32());
            case MessageTypes.GETATTR -> FolderReads.attributes(fid(in), out);
            case MessageTypes.STATFS -> FolderReads.statistics(fid(in), out);
            case MessageTypes.READLINK -> FolderReads.link(fid(in), out);
            case MessageTypes.READDIR -> FolderReads.names(fid(in), in.take64(), dataLength(in), out);
            case MessageTypes.READ -> FolderReads.content(fid(in), in.take64(), dataLength(in), out);
            case MessageTypes.LOPEN -> {
                requireFewOpen();
                FolderOpening.open(fid(in), in.take32(), out);
            }
            case MessageTypes.LCREATE -> {
                requireFewOpen();
                FolderOpening.create(fid(in), in.takeText(), in.take32(), in.take32(), out);
            }
            case MessageTypes.WRITE -> out.put32(FolderOpening.write(fid(in), in.take64(), in.takeData(maximum)));
            case MessageTypes.FSYNC -> FolderOpening.sync(fid(in), in.take32() == 0);
            case MessageTypes.SETATTR -> changes.set(fid(in), in);
            case MessageTypes.MKDIR -> changes.makeDirectory(fid(in), in.takeText(), in.take32(), out);
            case MessageTypes.SYMLINK -> changes.makeLink(fid(in), in.takeText(), in.takeText(), out);
            case MessageTypes.LINK -> changes.link(fid(in), fid(in), in.takeText());
            case MessageTypes.UNLINKAT -> changes.remove(fid(in), in.takeText(), in.take32());
            case MessageTypes.RENAMEAT -> changes.rename(fid(in), in.takeText(), fid(in), in.takeText());
            default -> throw Errno.EOPNOTSUPP.exception();
        }
    }

    /** Begins anew. */
    private void agree(Message in, Message out) throws ErrnoException {
        long wanted = Integer.toUnsignedLong(in.take32());
        String protocol = in.takeText();
        close();
        if (wanted < LEAST) {
            throw Errno.EINVAL.exception();
        }
        maximum = (int) Math.min(wanted, MAXIMUM);
        out.put32(maximum).put(protocol.equals(MessageTypes.PROTOCOL) ? protocol : "unknown");
    }

    private int dataLength(Message in) throws ErrnoException {
        return (int) Math.min(Integer.toUnsignedLong(in.take32()), maximum - MessageTypes.DATA_OVERHEAD);
    }

    private HostFile fid(Message in) throws ErrnoException {
        HostFile file = fids.get(in.take32());
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    private void requireFewOpen() throws ErrnoException {
        if (fids.values().stream().filter(HostFile::isOpen).count() >= MOST_OPEN) {
            throw Errno.EMFILE.exception();
        }
    }

    private void requireFree(int number) throws ErrnoException {
        if (fids.containsKey(number)) {
            throw Errno.EINVAL.exception();
        } else if (fids.size() >= MOST_FIDS) {
            throw Errno.ENFILE.exception();
        }
    }

    private void attach(Message in, Message out) throws ErrnoException, IOException {
        int number = in.take32();
        in.take32();
        in.takeText();
        SharedFolder folder = folders.get(in.takeText());
        requireFree(number);
        if (folder == null) {
            throw Errno.ENOENT.exception();
        }
        HostFile file = new HostFile(folder, folder.root());
        Map<String, Object> attributes = HostAttributes.read(file.place());
        if (!HostAttributes.isDirectory(attributes)) {
            throw Errno.ENOTDIR.exception();
        }
        fids.put(number, file);
        out.put(HostAttributes.qid(attributes));
    }

    /** All names or an error, unless the first one was found: then those that were, and the new number stands for nothing. */
    private void walk(Message in, Message out) throws ErrnoException, IOException {
        HostFile from = fid(in);
        int number = in.take32();
        int count = in.take16();
        if (fids.get(number) != from) {
            requireFree(number);
        }
        HostFile at = new HostFile(from.folder, from.path);
        int countAt = out.position();
        out.put16(0);
        for (int i = 0; i < count; i++) {
            String name = in.takeText();
            try {
                Path next = name.equals("..") ? above(at) : at.place(name);
                at = new HostFile(from.folder, next);
                out.put(HostAttributes.qid(HostAttributes.read(next)));
            } catch (ErrnoException | IOException e) {
                if (i == 0) {
                    throw e;
                }
                finish(out, countAt, i);
                return;
            }
        }
        finish(out, countAt, count);
        fids.put(number, at);
    }

    private static void finish(Message out, int countAt, int count) {
        int end = out.position();
        out.position(countAt);
        out.put16(count);
        out.position(end);
    }

    /** The root is its own parent. */
    private static Path above(HostFile file) throws ErrnoException, IOException {
        Path path = file.place();
        return path.equals(file.folder.root()) ? path : path.getParent();
    }

    private void clunk(int number) throws ErrnoException {
        HostFile file = fids.remove(number);
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        file.close();
    }

    /** Closes all that the client has open. */
    @Override
    public void close() {
        fids.values().forEach(HostFile::close);
        fids.clear();
    }
}
