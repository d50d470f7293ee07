package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DescriptorTableTest {
    private static final class Counting extends OpenFile {
        private int releases;

        @Override
        public int read(ByteBuffer destination) {
            return 0;
        }

        @Override
        public int write(ByteBuffer source) {
            return 0;
        }

        @Override
        public Status status() {
            return null;
        }

        @Override
        protected void released() {
            releases++;
        }
    }

    private final DescriptorTable table = new DescriptorTable(40);

    @Test
    void theLowestFreeNumberIsGivenOut() throws ErrnoException {
        for (int i = 0; i < 40; i++) {
            assertEquals(i, table.add(new Counting()));
        }
        table.close(20);
        table.close(7);
        assertEquals(7, table.add(new Counting()));
        assertEquals(20, table.add(new Counting()));
        Counting surplus = new Counting();
        fails(Errno.EMFILE, () -> table.add(surplus));
        assertEquals(1, surplus.releases, "what found no number is released");
    }

    @Test
    void whatIsNotOpenIsRefused() throws ErrnoException {
        int descriptor = table.add(new Counting());
        table.close(descriptor);
        for (int number : new int[] {-1, descriptor, 15, 16, 39, 40, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            fails(Errno.EBADF, () -> table.get(number));
            fails(Errno.EBADF, () -> table.close(number));
            fails(Errno.EBADF, () -> table.duplicate(number));
        }
        fails(Errno.EBADF, () -> table.set(-1, new Counting()));
        fails(Errno.EBADF, () -> table.set(40, new Counting()));
        assertThrows(IllegalArgumentException.class, () -> new DescriptorTable(0));
    }

    @Test
    void theLastDescriptorReleases() throws ErrnoException {
        Counting file = new Counting();
        int first = table.add(file);
        int second = table.duplicate(first);
        table.set(30, file);
        assertSame(file, table.get(30));
        table.close(first);
        table.close(30);
        assertEquals(0, file.releases);
        table.close(second);
        assertEquals(1, file.releases);
    }

    @Test
    void settingReplaces() throws ErrnoException {
        Counting before = new Counting();
        Counting after = new Counting();
        int descriptor = table.add(before);
        table.set(descriptor, after);
        assertEquals(1, before.releases);
        assertSame(after, table.get(descriptor));
        table.set(descriptor, after);
        assertEquals(0, after.releases, "setting what is there already changes nothing");
        table.close(descriptor);
        assertEquals(1, after.releases);
    }

    @Test
    void aFullTableCannotDuplicateButLosesNothing() throws ErrnoException {
        DescriptorTable one = new DescriptorTable(1);
        Counting file = new Counting();
        one.add(file);
        fails(Errno.EMFILE, () -> one.duplicate(0));
        assertEquals(0, file.releases);
        assertSame(file, one.get(0));
    }

    private static void fails(Errno errno, Executable executable) {
        assertEquals(errno, assertThrows(ErrnoException.class, executable).errno());
    }
}
