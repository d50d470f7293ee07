package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.host.ninep.FolderServer;
import dev.ristretto.storage.host.ninep.SharedFolder;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A server that answers on the thread that asks; what it answers can be changed on the way. */
public final class LocalServer implements MessageTransport {
    private final FolderServer server;
    /** Questions so far. */
    public int questions;
    /** Changes an answer: its bytes and their number, which it returns. */
    public Change change = (answer, length) -> length;

    public interface Change {
        int of(byte[] answer, int length) throws ErrnoException;
    }

    public LocalServer(Path folder, boolean readOnly) throws IOException {
        server = new FolderServer(Map.of("", SharedFolder.of(folder, readOnly)));
    }

    /** A folder as a file system. */
    public static NinepFileSystem mount(Path folder, boolean readOnly) throws IOException, NinepException {
        return NinepSession.open(new LocalServer(folder, readOnly)).attach("", readOnly);
    }

    @Override
    public int maximum() {
        return FolderServer.MAXIMUM;
    }

    @Override
    public int exchange(byte[] message, int length, byte[] answer) throws ErrnoException {
        questions++;
        int answered = server.answer(message, length, answer);
        if (answered == 0) {
            throw Errno.EIO.exception();
        }
        return change.of(answer, answered);
    }
}
