package dev.ristretto.machine.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The seccomp filter: a program for Linux's classic BPF that looks at each system call's architecture, number and arguments, and either
 * allows it or has the process killed (Linux, {@code Documentation/userspace-api/seccomp_filter.rst}). Put together when the image is
 * built; {@code docs/sandbox.md} gives the reason for each call.
 *
 * <p>Arguments are compared in their lower 32 bits: descriptors and advice are ints to Linux, and it refuses rights with higher bits.
 */
final class SystemCallFilter {
    /** Put where the descriptor of the launcher's line goes, which is known at run time only. */
    static final int LINE = 0x11CE11CE;
    /** Likewise for the network's descriptor, where it is written and where it is read. */
    static final int NETWORK_OUT = 0x11CE11CF;
    static final int NETWORK_IN = 0x11CE11D0;
    /** Likewise for the first descriptor of a disk, and for the first one behind all of them. */
    static final int DISKS_BEGIN = 0x11CE11D1;
    static final int DISKS_END = 0x11CE11D2;
    /** Likewise for the descriptor of folders, where it is written and where it is read. */
    static final int FOLDERS_OUT = 0x11CE11D3;
    static final int FOLDERS_IN = 0x11CE11D4;

    private static final int ARCHITECTURE = 0xC000003E; // AUDIT_ARCH_X86_64
    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    /** {@code struct seccomp_data}. */
    private static final int NUMBER_AT = 0;
    private static final int ARCHITECTURE_AT = 4;
    private static final int ARGUMENTS_AT = 16;
    /** Instructions: load a word, return, jump if equal, jump if a bit is set ({@code BPF_LD|BPF_W|BPF_ABS} and so on). */
    private static final int LOAD = 0x20;
    private static final int RETURN = 0x06;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_SET = 0x45;

    private final List<Long> program = new ArrayList<>();

    private SystemCallFilter() {
    }

    /** The program, an instruction a word. The most frequent calls come first. */
    static long[] build() {
        SystemCallFilter filter = new SystemCallFilter();
        filter.emit(LOAD, 0, 0, ARCHITECTURE_AT);
        filter.emit(JUMP_EQUAL, 1, 0, ARCHITECTURE);
        filter.emit(RETURN, 0, 0, KILL_PROCESS);
        filter.emit(LOAD, 0, 0, NUMBER_AT);
        filter.allow(Linux.RT_SIGRETURN);
        filter.allow(Linux.PPOLL);
        filter.allow(Linux.TIMER_SETTIME);
        filter.allow(Linux.CLOCK_GETTIME);
        filter.allow(Linux.RT_SIGPROCMASK);
        filter.allowIf(Linux.WRITE, 0, NETWORK_OUT, 1, 2, LINE, FOLDERS_OUT);
        filter.allowIf(Linux.READ, 0, NETWORK_IN, 0, FOLDERS_IN);
        filter.allowForDisks(Linux.PREAD64);
        filter.allowForDisks(Linux.PWRITE64);
        filter.allowForDisks(Linux.FDATASYNC);
        filter.allowForDisks(Linux.FALLOCATE, 1, Linux.PUNCH_HOLE);
        filter.allowUnless(Linux.MPROTECT, 2, ~(Linux.PROT_READ | Linux.PROT_WRITE));
        filter.allowIf(Linux.MADVISE, 2, Linux.MADV_DONTNEED);
        filter.allow(Linux.GETRANDOM);
        filter.allow(Linux.EXIT_GROUP);
        filter.emit(RETURN, 0, 0, KILL_PROCESS);
        return filter.program.stream().mapToLong(Long::longValue).toArray();
    }

    /** One instruction: {@code struct sock_filter}, little-endian. */
    private void emit(int code, int ifTrue, int ifFalse, int operand) {
        program.add(code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32);
    }

    private void allow(int call) {
        emit(JUMP_EQUAL, 0, 1, call);
        emit(RETURN, 0, 0, ALLOW);
    }

    /** Allows the call if an argument is one of {@code values}. */
    private void allowIf(int call, int argument, int... values) {
        emit(JUMP_EQUAL, 0, values.length + 3, call);
        emit(LOAD, 0, 0, ARGUMENTS_AT + 8 * argument);
        for (int i = 0; i < values.length; i++) {
            emit(JUMP_EQUAL, values.length - i, 0, values[i]);
        }
        emit(RETURN, 0, 0, KILL_PROCESS);
        emit(RETURN, 0, 0, ALLOW);
    }

    /** Allows the call if its first argument is the descriptor of a disk; these follow one another. */
    private void allowForDisks(int call) {
        emit(JUMP_EQUAL, 0, 5, call);
        emit(LOAD, 0, 0, ARGUMENTS_AT);
        emit(JUMP_AT_LEAST, 0, 1, DISKS_BEGIN);
        emit(JUMP_AT_LEAST, 0, 1, DISKS_END);
        emit(RETURN, 0, 0, KILL_PROCESS);
        emit(RETURN, 0, 0, ALLOW);
    }

    /** Likewise, if besides an argument has this value. */
    private void allowForDisks(int call, int argument, int value) {
        emit(JUMP_EQUAL, 0, 7, call);
        emit(LOAD, 0, 0, ARGUMENTS_AT);
        emit(JUMP_AT_LEAST, 0, 3, DISKS_BEGIN);
        emit(JUMP_AT_LEAST, 2, 0, DISKS_END);
        emit(LOAD, 0, 0, ARGUMENTS_AT + 8 * argument);
        emit(JUMP_EQUAL, 1, 0, value);
        emit(RETURN, 0, 0, KILL_PROCESS);
        emit(RETURN, 0, 0, ALLOW);
    }

    /** Allows the call unless an argument has one of {@code bits}. */
    private void allowUnless(int call, int argument, int bits) {
        emit(JUMP_EQUAL, 0, 4, call);
        emit(LOAD, 0, 0, ARGUMENTS_AT + 8 * argument);
        emit(JUMP_SET, 0, 1, bits);
        emit(RETURN, 0, 0, KILL_PROCESS);
        emit(RETURN, 0, 0, ALLOW);
    }
}
