package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/** The system calls of Linux on x86-64, and constants of their arguments. A negative result is an error number. */
final class Linux {
    // Numbers: arch/x86/entry/syscalls/syscall_64.tbl
    static final int READ = 0;
    static final int WRITE = 1;
    static final int OPEN = 2;
    static final int CLOSE = 3;
    static final int FSTAT = 5;
    static final int POLL = 7;
    static final int LSEEK = 8;
    static final int MMAP = 9;
    static final int MPROTECT = 10;
    static final int MUNMAP = 11;
    static final int RT_SIGACTION = 13;
    static final int RT_SIGPROCMASK = 14;
    static final int RT_SIGRETURN = 15;
    static final int IOCTL = 16;
    static final int PREAD64 = 17;
    static final int PWRITE64 = 18;
    static final int MADVISE = 28;
    static final int DUP2 = 33;
    static final int SOCKET = 41;
    static final int CONNECT = 42;
    static final int FCNTL = 72;
    static final int FDATASYNC = 75;
    static final int CAPSET = 126;
    static final int SIGALTSTACK = 131;
    static final int PRCTL = 157;
    static final int SYSINFO = 99;
    static final int TIMER_CREATE = 222;
    static final int TIMER_SETTIME = 223;
    static final int CLOCK_GETTIME = 228;
    static final int EXIT_GROUP = 231;
    static final int PPOLL = 271;
    static final int FALLOCATE = 285;
    static final int SECCOMP = 317;
    static final int GETRANDOM = 318;
    static final int CLOSE_RANGE = 436;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EISDIR = 21;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENOSYS = 38;
    static final int EBADFD = 77;
    static final int EOPNOTSUPP = 95;
    static final int ECONNREFUSED = 111;
    static final int EDQUOT = 122;

    static final int AF_UNIX = 1;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int F_SETFL = 4;
    static final int F_OFD_GETLK = 36;
    static final int F_OFD_SETLK = 37;
    static final short F_RDLCK = 0;
    static final short F_WRLCK = 1;
    static final short F_UNLCK = 2;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int SEEK_END = 2;
    /** {@code struct stat}: its size, where {@code st_mode} is, and types of files in that. */
    static final int STAT_SIZE = 144;
    static final int STAT_MODE = 24;
    static final int STAT_TYPE = 0xF000;
    static final int DIRECTORY = 0x4000;
    static final int BLOCK_DEVICE = 0x6000;
    static final int REGULAR = 0x8000;
    /** {@code FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE}. */
    static final int PUNCH_HOLE = 3;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;
    static final int MAP_PRIVATE = 2;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_NORESERVE = 0x4000;
    static final int MAP_FIXED_NOREPLACE = 0x100000;
    static final int MADV_DONTNEED = 4;

    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;

    static final int SIGHUP = 1;
    static final int SIGINT = 2;
    static final int SIGILL = 4;
    static final int SIGTRAP = 5;
    static final int SIGBUS = 7;
    static final int SIGFPE = 8;
    static final int SIGKILL = 9;
    static final int SIGSEGV = 11;
    static final int SIGPIPE = 13;
    static final int SIGALRM = 14;
    static final int SIGTERM = 15;
    static final int SIGXFSZ = 25;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    private Linux() {
    }

    @CFunction(value = "ristretto_process_system_call", transition = Transition.NO_TRANSITION)
    private static native long systemCall(long number, WordBase a, WordBase b, WordBase c, WordBase d, WordBase e, WordBase f);

    /** {@code clock_gettime}, without entering the kernel where its vDSO allows. */
    @CFunction(value = "ristretto_process_clock", transition = Transition.NO_TRANSITION)
    static native int clock(int clock, Pointer timespec);

    /** {@code ppoll}; returns at once with {@code -EINTR} when a signal is noted already, and no signal gets lost in between. */
    @CFunction(value = "ristretto_process_wait", transition = Transition.NO_TRANSITION)
    static native int waitFor(Pointer pollDescriptors, long count, Pointer timespec);

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long call(int number) {
        return systemCall(number, Word.zero(), Word.zero(), Word.zero(), Word.zero(), Word.zero(), Word.zero());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long call(int number, long a) {
        return systemCall(number, Word.signed(a), Word.zero(), Word.zero(), Word.zero(), Word.zero(), Word.zero());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long call(int number, WordBase a, WordBase b) {
        return systemCall(number, a, b, Word.zero(), Word.zero(), Word.zero(), Word.zero());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long call(int number, WordBase a, WordBase b, WordBase c) {
        return systemCall(number, a, b, c, Word.zero(), Word.zero(), Word.zero());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long call(int number, WordBase a, WordBase b, WordBase c, WordBase d) {
        return systemCall(number, a, b, c, d, Word.zero(), Word.zero());
    }

    /** Maps zeroed memory of the process's own. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long mapAnonymous(UnsignedWord address, UnsignedWord bytes, int protection, int flags) {
        return systemCall(MMAP, address, bytes, Word.signed(protection), Word.signed(MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags),
            Word.signed(-1), Word.zero());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long write(int descriptor, Pointer bytes, long count) {
        return call(WRITE, Word.signed(descriptor), bytes, Word.signed(count));
    }
}
