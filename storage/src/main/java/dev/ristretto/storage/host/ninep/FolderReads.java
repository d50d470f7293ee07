package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.Message;
import dev.ristretto.storage.ninep.Qid;
import dev.ristretto.storage.node.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Questions that change nothing. */
final class FolderReads {
    /** Around a name in a list: qid, offset, type, length. */
    private static final int ENTRY = Qid.SIZE + 8 + 1 + 2;
    /** {@code V9FS_MAGIC}. */
    private static final int TYPE = 0x01021997;
    /** In place of bytes that are no text in this JVM's locale. */
    private static final char NO_TEXT = '\uFFFD';

    private FolderReads() {
    }

    static void attributes(HostFile file, Message out) throws ErrnoException, IOException {
        if (file.path == null && file.channel != null) {
            file.attributes.put("size", file.channel.size());
            file.attributes.put("nlink", 0);
            HostAttributes.write(file.attributes, out);
        } else {
            HostAttributes.write(HostAttributes.read(file.place()), out);
        }
    }

    static void statistics(HostFile file, Message out) throws ErrnoException, IOException {
        FileStore store = Files.getFileStore(file.folder.root());
        long block = store.getBlockSize();
        out.put32(TYPE).put32((int) block).put64(store.getTotalSpace() / block).put64(store.getUnallocatedSpace() / block)
                .put64(store.getUsableSpace() / block).put64(0).put64(0).put64(0).put32(Names.MAXIMUM);
    }

    static void link(HostFile file, Message out) throws ErrnoException, IOException {
        out.put(Files.readSymbolicLink(file.place()).toString());
    }

    /** As many names from an offset on as there is room for; what has gone since then is left out, and what has no name
     * that is text. */
    static void names(HostFile file, long offset, int most, Message out) throws ErrnoException, IOException {
        if (file.entries == null) {
            throw Errno.EBADF.exception();
        }
        if (offset == 0) {
            file.entries = FolderOpening.list(file);
        }
        int begin = out.position();
        out.put32(0);
        int left = most;
        for (long i = Math.max(0, offset); i < file.entries.size(); i++) {
            Path entry = file.entries.get((int) i);
            String name = entry.getFileName().toString();
            if (name.indexOf(NO_TEXT) >= 0) {
                continue;
            }
            int length = ENTRY + Names.utf8Length(name);
            if (length > left) {
                break;
            }
            Map<String, Object> attributes;
            try {
                attributes = HostAttributes.read(entry);
            } catch (NoSuchFileException e) {
                continue;
            }
            left -= length;
            out.put(HostAttributes.qid(attributes)).put64(i + 1).put8(HostAttributes.entryType(attributes)).put(name);
        }
        int end = out.position();
        out.position(begin);
        out.put32(end - begin - 4);
        out.position(end);
    }

    static void content(HostFile file, long position, int most, Message out) throws ErrnoException, IOException {
        if (file.channel == null || position < 0) {
            throw (file.entries != null ? Errno.EISDIR : file.channel == null ? Errno.EBADF : Errno.EINVAL).exception();
        }
        int begin = out.position();
        ByteBuffer room = out.part(begin + 4, most);
        try {
            while (room.hasRemaining() && file.channel.read(room, position + room.position()) > 0) {
                continue;
            }
        } catch (NonReadableChannelException e) {
            throw Errno.EBADF.exception();
        }
        out.put32(room.position());
        out.position(begin + 4 + room.position());
    }
}
