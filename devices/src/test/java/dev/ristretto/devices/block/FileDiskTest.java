package dev.ristretto.devices.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileDiskTest {
    private static final int MIB = 1 << 20;

    /** A file in memory that does at most so much at a time, and what it is told to fail of. */
    private static final class ModelFile implements FileAccess {
        private final byte[] content;
        private final List<String> calls = new ArrayList<>();
        private boolean readOnly;
        private int most = Integer.MAX_VALUE;
        private int failure;
        private int clearing;

        private ModelFile(int bytes) {
            content = new byte[bytes];
            new Random(1).nextBytes(content);
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public boolean isReadOnly() {
            return readOnly;
        }

        @Override
        public int read(long position, byte[] to, int offset, int length) {
            int count = Math.min(length, most);
            if (failure == 0) {
                System.arraycopy(content, (int) position, to, offset, count);
            }
            return failure == 0 ? count : failure;
        }

        @Override
        public int write(long position, byte[] from, int offset, int length) {
            int count = Math.min(length, most);
            if (failure == 0) {
                System.arraycopy(from, offset, content, (int) position, count);
            }
            return failure == 0 ? count : failure;
        }

        @Override
        public int flush() {
            calls.add("flush");
            return failure;
        }

        @Override
        public int clear(long position, long length) {
            calls.add("clear " + position + " " + length);
            if (clearing == 0) {
                Arrays.fill(content, (int) position, (int) (position + length), (byte) 0);
            }
            return clearing;
        }
    }

    private final ModelFile file = new ModelFile(2 * MIB + 700);
    private final FileDisk disk = new FileDisk(file);

    private interface Call {
        void run() throws ErrnoException;
    }

    private static void fails(Errno errno, Call call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call::run).errno());
    }

    @Test
    void anIncompleteSectorDoesNotCount() {
        assertEquals(2 * MIB + 512, disk.size());
        fails(Errno.EINVAL, () -> disk.read(2 * MIB + 512, ByteBuffer.allocate(512)));
        fails(Errno.EINVAL, () -> disk.write(1, ByteBuffer.allocate(512)));
        fails(Errno.EINVAL, () -> disk.discard(512, 511));
    }

    /** Linux may read and write less than it was asked for; buffers may be of any kind and in any position. */
    @Test
    void piecesAreOfAnyLength() throws ErrnoException {
        for (int most : new int[] {Integer.MAX_VALUE, 1000, 4096, 1}) {
            file.most = most;
            int length = most == 1 ? 1024 : MIB + 512;
            for (ByteBuffer buffer : List.of(ByteBuffer.allocate(length + 99), ByteBuffer.allocateDirect(length + 99), ByteBuffer.wrap(new byte[length + 200], 7, length + 99).slice())) {
                buffer.position(50).limit(50 + length);
                disk.read(1024, buffer);
                assertFalse(buffer.hasRemaining());
                byte[] read = new byte[length];
                buffer.get(50, read);
                assertArrayEquals(Arrays.copyOfRange(file.content, 1024, 1024 + length), read);
                new Random(most).nextBytes(read);
                buffer.put(50, read).position(50);
                disk.write(512, buffer);
                assertFalse(buffer.hasRemaining());
                assertArrayEquals(read, Arrays.copyOfRange(file.content, 512, 512 + length));
            }
        }
    }

    @Test
    void errorsAreThoseOfTheContract() {
        file.failure = FileAccess.FAILED;
        fails(Errno.EIO, () -> disk.read(0, ByteBuffer.allocate(512)));
        fails(Errno.EIO, () -> disk.write(0, ByteBuffer.allocate(512)));
        fails(Errno.EIO, disk::flush);
        file.failure = FileAccess.FULL;
        fails(Errno.ENOSPC, () -> disk.write(0, ByteBuffer.allocate(512)));
        file.failure = 0;
        file.most = 0;
        fails(Errno.EIO, () -> disk.read(0, ByteBuffer.allocate(512)), "cut off meanwhile");
        fails(Errno.EIO, () -> disk.write(0, ByteBuffer.allocate(512)), "takes nothing, for ever");
        file.clearing = FileAccess.FULL;
        fails(Errno.ENOSPC, () -> disk.discard(0, 512));
        file.clearing = FileAccess.FAILED;
        fails(Errno.EIO, () -> disk.writeZeroes(0, 512));
    }

    private static void fails(Errno errno, Call call, String why) {
        assertEquals(errno, assertThrows(ErrnoException.class, call::run, why).errno(), why);
    }

    @Test
    void holesAreZeros() throws ErrnoException {
        disk.writeZeroes(4096, MIB);
        disk.discard(512, 0);
        assertEquals(List.of("clear 4096 " + MIB), file.calls);
        assertArrayEquals(new byte[MIB], Arrays.copyOfRange(file.content, 4096, 4096 + MIB));
    }

    /** Then zeros are written, and nobody asks for holes again. */
    @Test
    void someFilesHaveNoHoles() throws ErrnoException {
        file.clearing = FileAccess.UNSUPPORTED;
        byte[] before = file.content.clone();
        disk.discard(0, 4096);
        assertArrayEquals(before, file.content);
        disk.writeZeroes(4096, 100 << 10);
        disk.discard(0, 4096);
        assertEquals(List.of("clear 0 4096"), file.calls);
        assertArrayEquals(new byte[100 << 10], Arrays.copyOfRange(file.content, 4096, 4096 + (100 << 10)));
        assertEquals(before[4096 + (100 << 10)], file.content[4096 + (100 << 10)]);
    }

    @Test
    void whatIsForReadingOnlyIsNotTouched() throws ErrnoException {
        file.readOnly = true;
        fails(Errno.EROFS, () -> disk.write(0, ByteBuffer.allocate(512)));
        fails(Errno.EROFS, () -> disk.writeZeroes(0, 512));
        fails(Errno.EROFS, () -> disk.discard(0, 512));
        disk.flush();
        assertEquals(List.of(), file.calls);
    }
}
