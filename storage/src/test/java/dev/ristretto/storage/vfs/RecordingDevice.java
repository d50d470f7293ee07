package dev.ristretto.storage.vfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.ForwardingBlockDevice;
import dev.ristretto.storage.block.MemoryBlockDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A disk in memory that remembers in which order it was written and flushed. */
final class RecordingDevice extends ForwardingBlockDevice {
    /** A write, or a flush if there are no bytes. */
    record Event(long position, byte[] bytes) {
        boolean isFlush() {
            return bytes == null;
        }
    }

    final List<Event> events = new ArrayList<>();

    RecordingDevice(long size) {
        super(new MemoryBlockDevice(size, 512));
    }

    @Override
    public void write(long position, ByteBuffer source) throws ErrnoException {
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        events.add(new Event(position, bytes));
        super.write(position, source);
    }

    @Override
    public void flush() {
        events.add(new Event(0, null));
    }
}
