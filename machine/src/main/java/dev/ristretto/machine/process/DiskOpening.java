package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * Opens and locks the file of a disk. What is wrong with it ends the process with one sentence.
 *
 * <p>Locks are those of open file descriptions (fcntl(2)), which stay when another descriptor of the file is closed and which QEMU and Java's
 * {@code FileChannel.lock} respect. Who writes locks the whole file. Who reads does as QEMU does for {@code readonly=on} (its
 * {@code block/file-posix.c}), so that several may read: it says at byte 201 that it bears no writer, and looks at byte 101, where QEMU says
 * that it writes.
 */
final class DiskOpening {
    private static final String READ_ONLY = ":ro";
    /** Longer than the longest path that Linux takes. */
    private static final int PATH = 4200;
    /** {@code struct flock}: type, whence, start, length, process. */
    private static final int LOCK_SIZE = 32;
    private static final int LOCK_START = 8;
    private static final int LOCK_LENGTH = 16;
    private static final int LOCK_PROCESS = 24;
    private static final int WRITES = 101;
    private static final int BEARS_NO_WRITER = 201;

    private DiskOpening() {
    }

    /** Whether a word ends with {@value #READ_ONLY}. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean isReadOnly(Pointer word) {
        int length = length(word);
        return length > READ_ONLY.length() && Text.startsWith(word.add(length - READ_ONLY.length()), READ_ONLY);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int length(Pointer word) {
        int length = 0;
        while (word.readByte(length) > ' ' || word.readByte(length) < 0) {
            length++;
        }
        return length;
    }

    /**
     * Opens a file.
     *
     * @param word       its path, in which {@code %} and two hexadecimal digits are a byte that words cannot have, ended by a blank or a zero
     * @param readOnly   whether {@value #READ_ONLY} follows the path
     * @param descriptor what it is to be; one that is open is closed
     * @return bytes in it
     */
    @Uninterruptible(reason = KERNEL_CODE)
    static long open(Pointer word, boolean readOnly, int descriptor) {
        Pointer path = StackValue.get(PATH);
        int end = length(word) - (readOnly ? READ_ONLY.length() : 0);
        int length = 0;
        for (int i = 0; i < end && length < PATH - 1; i++) {
            boolean escaped = word.readByte(i) == '%' && i + 2 < end && hex(word.readByte(i + 1)) >= 0 && hex(word.readByte(i + 2)) >= 0;
            path.writeByte(length++, escaped ? (byte) (hex(word.readByte(i + 1)) << 4 | hex(word.readByte(i + 2))) : word.readByte(i));
            i += escaped ? 2 : 0;
        }
        path.writeByte(length, (byte) 0);
        long opened = Linux.call(Linux.OPEN, path, Word.signed((readOnly ? 0 : Linux.O_RDWR) | Linux.O_CLOEXEC | Linux.O_NONBLOCK));
        if (opened < 0) {
            complain(path, opened, readOnly);
        }
        if (opened != descriptor) {
            if (Linux.call(Linux.DUP2, Word.signed(opened), Word.signed(descriptor)) < 0) {
                Text.cannotStart("the disk ", path, " is one file more than may be open; raise the limit (ulimit -n).");
            }
            Linux.call(Linux.CLOSE, opened);
        }
        Pointer stat = StackValue.get(Linux.STAT_SIZE);
        int type = Linux.call(Linux.FSTAT, Word.signed(descriptor), stat) == 0 ? stat.readInt(Linux.STAT_MODE) & Linux.STAT_TYPE : 0;
        long size = Linux.call(Linux.LSEEK, Word.signed(descriptor), Word.zero(), Word.signed(Linux.SEEK_END)); // also of a block device
        if (type != Linux.REGULAR && type != Linux.BLOCK_DEVICE || size < 0) {
            Text.cannotStart("", path, type == Linux.DIRECTORY ? " is a folder, not a disk; name the file of a disk." : " is neither a file nor a block device.");
        }
        lock(path, readOnly, descriptor);
        return size;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    /** The launcher's words ({@code launcher.disk}). */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void complain(Pointer path, long error, boolean readOnly) {
        if (error == -Linux.ENOENT) {
            Text.cannotStart("the disk ", path, " does not exist; 'ristretto disk create' makes one.");
        } else if (error == -Linux.EISDIR) {
            Text.cannotStart("", path, " is a folder, not a disk; name the file of a disk.");
        } else if ((error == -Linux.EACCES || error == -Linux.EROFS) && !readOnly) {
            Text.cannotStart("the disk ", path, " may not be written by you; make it writable, or put :ro behind it for reading only.");
        }
        Text.cannotStart("the disk ", path, " may not be read by you, or cannot be opened; see who owns it with ls -l.");
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void lock(Pointer path, boolean readOnly, int descriptor) {
        Pointer lock = StackValue.get(LOCK_SIZE);
        fill(lock, readOnly ? Linux.F_RDLCK : Linux.F_WRLCK, readOnly ? BEARS_NO_WRITER : 0, readOnly ? 1 : 0);
        long result = Linux.call(Linux.FCNTL, Word.signed(descriptor), Word.signed(Linux.F_OFD_SETLK), lock);
        if (result == 0 && readOnly) {
            fill(lock, Linux.F_WRLCK, WRITES, 1);
            result = Linux.call(Linux.FCNTL, Word.signed(descriptor), Word.signed(Linux.F_OFD_GETLK), lock);
            if (result == 0 && lock.readShort(0) != Linux.F_UNLCK) {
                result = -Linux.EAGAIN;
            }
        }
        if (result == -Linux.EAGAIN || result == -Linux.EACCES) {
            Text.cannotStart("the disk ", path, " is in use by another program: a machine that runs with it, perhaps; stop it first.");
        } else if (result < 0) {
            Text.cannotStart("the disk ", path, " cannot be locked, as its file system has no locks; put it on another one.");
        }
    }

    /** A length of 0 is all that there is from {@code start} on. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void fill(Pointer lock, short type, long start, long length) {
        lock.writeLong(0, type); // and SEEK_SET
        lock.writeLong(LOCK_START, start);
        lock.writeLong(LOCK_LENGTH, length);
        lock.writeLong(LOCK_PROCESS, 0);
    }
}
