package dev.ristretto.jdk.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.tmpfs.Tmpfs;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final long OWN = Transfer.OWN_POSITION;
    private static final int LARGE = 200_000;

    private final Vfs vfs = new Vfs(new Tmpfs(100 * 4096, 100, () -> 0), 0);

    private OpenFile open(String name) throws ErrnoException {
        return vfs.open(vfs.root(), name, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    }

    private OpenFile source() throws ErrnoException {
        OpenFile file = open("source");
        byte[] bytes = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            bytes[i] = (byte) (i * 7 >> 4);
        }
        file.write(0, ByteBuffer.wrap(bytes));
        return file;
    }

    private static byte at(OpenFile file, long place) throws ErrnoException {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertEquals(1, file.read(place, one));
        return one.get(0);
    }

    @Test
    void movesFromAndToOwnPositions() throws ErrnoException {
        OpenFile source = source();
        OpenFile target = open("target");
        source.seek(10);
        assertEquals(LARGE - 10, Transfer.move(source, OWN, target, OWN, Long.MAX_VALUE, 0));
        assertEquals(LARGE, source.position());
        assertEquals(LARGE - 10, target.position());
        assertEquals(at(source, LARGE - 1), at(target, LARGE - 11));
        assertEquals(0, Transfer.move(source, OWN, target, OWN, Long.MAX_VALUE, 0));
    }

    @Test
    void movesBetweenGivenPlacesAndLeavesPositions() throws ErrnoException {
        OpenFile source = source();
        OpenFile target = open("target");
        assertEquals(100_000, Transfer.move(source, 50_000, target, 3, 100_000, 0));
        assertEquals(0, source.position());
        assertEquals(0, target.position());
        assertEquals(at(source, 149_999), at(target, 100_002));
        assertEquals(100_003, target.status().attributes().size());
    }

    @Test
    void aFullTargetTakesWhatFitsAndTheSourceKeepsTheRest() throws ErrnoException {
        OpenFile source = source();
        open("hog").write(0, ByteBuffer.allocate(25 * 4096));
        OpenFile target = open("target");
        long moved = Transfer.move(source, OWN, target, OWN, LARGE, 0);
        assertEquals(moved, target.status().attributes().size());
        assertEquals(moved, source.position(), "nothing is lost in between");
        assertEquals(Errno.ENOSPC, assertThrows(ErrnoException.class, () -> Transfer.move(source, OWN, target, OWN, LARGE, 0)).errno());
        assertEquals(moved, source.position());
    }

    @Test
    void endsWhenCancelled() throws ErrnoException {
        long flag = Unsafe.getUnsafe().allocateMemory(4);
        try {
            Unsafe.getUnsafe().putInt(flag, 0);
            OpenFile source = source();
            OpenFile target = open("target");
            assertEquals(5, Transfer.move(source, 0, target, 0, 5, flag));
            Unsafe.getUnsafe().putInt(flag, 1);
            assertEquals(Errno.ECANCELED, assertThrows(ErrnoException.class, () -> Transfer.move(source, 0, target, 0, 5, flag)).errno());
        } finally {
            Unsafe.getUnsafe().freeMemory(flag);
        }
    }
}
