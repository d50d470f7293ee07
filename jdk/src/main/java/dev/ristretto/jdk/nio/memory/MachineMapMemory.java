package dev.ristretto.jdk.nio.memory;

import dev.ristretto.kernel.memory.AddressSpace;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.storage.map.MapMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.UnsignedWord;

/** The machine's memory for maps of files. */
public final class MachineMapMemory implements MapMemory {
    /** So many addresses at a time: a process has twice as many, and stacks want some of them. */
    private static final long LIMIT = 4L << 40;

    private final AtomicLong reserved = new AtomicLong();

    @Override
    public long available() {
        return Frames.freeBytes().rawValue();
    }

    @Override
    public long reserve(long bytes) {
        if (reserved.addAndGet(bytes) > LIMIT) {
            reserved.addAndGet(-bytes);
            return 0;
        }
        long begin = AddressSpace.reserve(word(bytes), word(CHUNK_SIZE)).rawValue();
        if (begin == 0) {
            reserved.addAndGet(-bytes);
        }
        return begin;
    }

    @Override
    public void release(long begin, long bytes) {
        AddressSpace.release(word(begin), word(bytes));
        reserved.addAndGet(-bytes);
    }

    @Override
    public boolean commit(long begin, long bytes) {
        return AddressSpace.commit(word(begin), word(bytes));
    }

    @Override
    public void uncommit(long begin, long bytes) {
        AddressSpace.uncommit(word(begin), word(bytes));
    }

    @Override
    public ByteBuffer buffer(long begin, int bytes) {
        return NativeMemory.buffer(begin, bytes);
    }

    private static UnsignedWord word(long value) {
        return Word.unsigned(value);
    }
}
