package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.NetworkOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that runs as a process can do nothing but what {@code docs/sandbox.md} lists: anything else is its death. */
class SandboxIT {
    /** What a shell reports of a process that Linux killed for a system call: 128 + SIGSYS. */
    private static final int KILLED_BY_FILTER = 128 + 31;
    /** Of the program, when the call returned. */
    private static final int SURVIVED = 2;

    private static final NetworkOptions USER = new NetworkOptions(new Connection.User(), List.of(), null, null);

    @TempDir
    private static Path folder;

    private static Guest.Ended call(String words) throws Exception {
        return call(words, Guest.NO_NETWORK);
    }

    private static Guest.Ended call(String words, NetworkOptions network) throws Exception {
        return Guest.program(("system-call " + words).split(" ")).on(RunsOn.PROCESS).network(network).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2 memory 0 # open",
        "257 -100 memory 0 # openat",
        "437 -100 memory memory 24 # openat2",
        "59 memory 0 0 # execve",
        "322 -1 memory 0 0 0x1000 # execveat",
        "41 2 1 0 # socket",
        "57 # fork",
        "58 # vfork",
        "56 0x11 0 0 0 0 # clone",
        "435 memory 88 # clone3",
        "9 0 4096 5 0x22 -1 0 # an executable mapping",
        "9 0 4096 3 0x22 -1 0 # any mapping",
        "25 memory 4096 8192 1 # mremap",
        "10 memory 4096 5 # mprotect: readable and executable",
        "10 memory 4096 7 # mprotect: all",
        "329 memory 4096 4 0 # pkey_mprotect",
        "10 0x101000 4096 7 # mprotect: code writable and executable",
        "28 memory 4096 14 # madvise: other advice",
        "0 3 memory 16 # read of a descriptor that it does not have",
        "1 3 memory 16 # write to one",
        "1 0 memory 16 # write to standard input",
        "16 1 0x5412 memory # ioctl: TIOCSTI, typing into the terminal",
        "72 1 3 0 # fcntl",
        "32 1 # dup",
        "62 1 15 # kill",
        "234 1 1 15 # tgkill",
        "101 16 1 0 0 # ptrace",
        "310 1 memory 1 memory 1 0 # process_vm_readv",
        "157 4 1 0 # prctl",
        "317 1 0 memory # seccomp",
        "126 memory memory # capset",
        "105 0 # setuid",
        "13 11 memory 0 8 # rt_sigaction",
        "425 8 memory # io_uring_setup",
        "321 0 memory 8 # bpf",
        "272 0x10000000 # unshare",
        "39 # getpid: harmless, and not needed",
        "0x40000001 1 memory 1 # write, by its number of the x32 interface",
        "17 0 memory 16 0 # pread64, without a disk",
        "18 1 memory 16 0 # pwrite64",
        "75 1 # fdatasync",
        "285 1 3 0 4096 # fallocate",
        "9999 # no call at all"})
    void otherSystemCallsKill(String call) throws Exception {
        Guest.Ended ended = call(call.substring(0, call.indexOf(" #")));
        assertEquals(KILLED_BY_FILTER, ended.code(), ended.output());
        assertFalse(ended.output().contains("survived"), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"318 memory 16 0 = 16", "10 memory 4096 1 = 0", "10 memory 4096 3 = 0",
        "28 memory 4096 4 = 0", "1 1 memory 0 = 0"})
    void whatIsAllowedIsAllowed(String call) throws Exception {
        String[] parts = call.split(" = ");
        Guest.Ended ended = call(parts[0]);
        assertEquals(SURVIVED, ended.code(), ended.output());
        assertTrue(ended.output().endsWith("result " + parts[1] + "\nsurvived\n"), ended.output());
    }

    /** Descriptor 3 is the network's socket. */
    @ParameterizedTest
    @ValueSource(strings = {
        "41 1 1 0 # socket",
        "42 3 memory 16 # connect",
        "53 1 1 0 memory # socketpair",
        "49 3 memory 16 # bind",
        "50 3 1 # listen",
        "43 3 0 0 # accept",
        "54 3 1 9 memory 4 # setsockopt",
        "44 3 memory 16 0 0 0 # sendto",
        "46 3 memory 0 # sendmsg, which can hand descriptors on",
        "45 3 memory 16 0 0 0 # recvfrom",
        "47 3 memory 0 # recvmsg, which can bring some in",
        "19 3 memory 1 # readv",
        "72 3 4 0 # fcntl",
        "16 3 0x5421 memory # ioctl: FIONBIO",
        "0 4 memory 16 # read of another descriptor",
        "1 4 memory 16 # write to another",
        "3 3 # close"})
    void whoHasANetworkCanDoNothingElseWithIt(String call) throws Exception {
        Guest.Ended ended = call(call.substring(0, call.indexOf(" #")), USER);
        assertEquals(KILLED_BY_FILTER, ended.code(), ended.output());
        assertFalse(ended.output().contains("survived"), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 3 memory 0 = 0", "1 3 memory 0 = 0"})
    void theNetworkIsReadAndWritten(String call) throws Exception {
        String[] parts = call.split(" = ");
        Guest.Ended ended = call(parts[0], USER);
        assertEquals(SURVIVED, ended.code(), ended.output());
        assertTrue(ended.output().endsWith("result " + parts[1] + "\nsurvived\n"), ended.output());
    }

    private static Guest.Ended callWithDisk(String words, NetworkOptions network, boolean readOnly) throws Exception {
        return Guest.program(("system-call " + words).split(" ")).on(RunsOn.PROCESS).network(network).disks(new DiskFile(disk(), readOnly)).run();
    }

    private static synchronized Path disk() throws Exception {
        Path disk = folder.resolve("disk.img");
        if (Files.notExists(disk)) {
            Checkout.run("disk", "create", disk.toString(), "--size", "16m");
        }
        return disk;
    }

    /** Descriptor 3 is the disk's. */
    @ParameterizedTest
    @ValueSource(strings = {
        "17 0 memory 16 0 # pread64 of standard input",
        "17 4 memory 16 0 # pread64 of another descriptor",
        "18 2 memory 16 0 # pwrite64 to standard errors",
        "18 4 memory 16 0 # pwrite64 to another",
        "75 4 # fdatasync of another",
        "75 1 # fdatasync of standard output",
        "285 4 3 0 4096 # fallocate: a hole in another",
        "285 3 0 0 4096 # fallocate that takes space",
        "285 3 1 0 4096 # fallocate that takes space and keeps the size",
        "285 3 8 0 4096 # fallocate that cuts out",
        "0 3 memory 16 # read",
        "1 3 memory 16 # write",
        "295 3 memory 1 0 # preadv",
        "296 3 memory 1 0 # pwritev",
        "8 3 0 0 # lseek",
        "77 3 0 # ftruncate",
        "74 3 # fsync",
        "9 0 4096 1 1 3 0 # mmap",
        "72 3 37 memory # fcntl: giving up the lock",
        "73 3 8 # flock",
        "5 3 memory # fstat",
        "16 3 0x5421 memory # ioctl",
        "40 1 3 0 16 # sendfile",
        "326 3 0 1 0 16 0 # copy_file_range",
        "32 3 # dup",
        "3 3 # close"})
    void whoHasADiskCanDoNothingElseWithIt(String call) throws Exception {
        Guest.Ended ended = callWithDisk(call.substring(0, call.indexOf(" #")), Guest.NO_NETWORK, false);
        assertEquals(KILLED_BY_FILTER, ended.code(), ended.output());
        assertFalse(ended.output().contains("survived"), ended.output());
    }

    /** Beside a network, which is descriptor 3, the disk is 4. */
    @ParameterizedTest
    @ValueSource(strings = {"17 3 memory 16 0 # pread64 of the network", "18 3 memory 16 0 # pwrite64 to it", "0 4 memory 16 # read of the disk",
        "1 4 memory 16 # write to it", "17 5 memory 16 0 # pread64 of no descriptor"})
    void aDiskIsNoNetwork(String call) throws Exception {
        Guest.Ended ended = callWithDisk(call.substring(0, call.indexOf(" #")), USER, false);
        assertEquals(KILLED_BY_FILTER, ended.code(), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17 3 memory 512 0 = 512", "18 3 memory 0 0 = 0", "75 3 = 0", "285 3 3 8388608 4096 = 0"})
    void theDiskIsReadAndWritten(String call) throws Exception {
        String[] parts = call.split(" = ");
        Guest.Ended ended = callWithDisk(parts[0], Guest.NO_NETWORK, false);
        assertEquals(SURVIVED, ended.code(), ended.output());
        assertTrue(ended.output().endsWith("result " + parts[1] + "\nsurvived\n"), ended.output());
    }

    /** EBADF (9), from Linux: the descriptor is for reading only. */
    @ParameterizedTest
    @ValueSource(strings = {"18 3 memory 512 0", "285 3 3 0 4096"})
    void aReadOnlyDiskCannotBeWritten(String call) throws Exception {
        Guest.Ended ended = callWithDisk(call, Guest.NO_NETWORK, true);
        assertEquals(SURVIVED, ended.code(), ended.output());
        assertTrue(ended.output().contains("result -9\n"), ended.output());
    }

    @Test
    void bareHardwareHasNoSystemCalls() throws Exception {
        Guest.Ended ended = Guest.program("system-call", "39").run();
        assertEquals(134, ended.code(), ended.output());
        assertTrue(ended.output().contains("invalid opcode (vector 6"), ended.output());
    }

    @ParameterizedTest
    @CsvSource({"false, false, '0, 1, 2'", "true, false, '0, 1, 2, 3'", "false, true, '0, 1, 2, 3'", "true, true, '0, 1, 2, 3, 4'"})
    void theProcessHasNoPrivilegesAndNoOtherDescriptors(boolean network, boolean withDisk, String open) throws Exception {
        DiskFile[] disks = withDisk ? new DiskFile[] {new DiskFile(disk(), false)} : new DiskFile[0];
        try (Guest guest = Guest.program("wait-for-power-button").on(RunsOn.PROCESS).network(network ? USER : Guest.NO_NETWORK).disks(disks).start()) {
            guest.awaitOutput("waiting\n");
            Map<String, String> status = status(guest.pid());
            assertEquals("1", status.get("NoNewPrivs"));
            assertEquals("2", status.get("Seccomp"), "a filter");
            for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
                assertEquals(0, Long.parseUnsignedLong(status.get(set), 16), set);
            }
            assertEquals("1", status.get("Threads"));
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + guest.pid() + "/fd"))) {
                assertEquals(List.of(open.split(", ")), descriptors.map(path -> path.getFileName().toString()).sorted().toList());
            }
            guest.powerButton();
            assertEquals(143, guest.waitFor().code());
        }
    }

    @Test
    void noMemoryIsWritableAndExecutable() throws Exception {
        try (Guest guest = Guest.program("wait-for-power-button").on(RunsOn.PROCESS).start()) {
            guest.awaitOutput("waiting\n");
            List<String> maps = Files.readAllLines(Path.of("/proc/" + guest.pid() + "/maps"));
            assertFalse(maps.isEmpty());
            for (String map : maps) {
                assertFalse(map.contains(" rwx"), map);
                // the image's own code, and the pages that Linux puts into every process
                boolean own = map.startsWith("00100000-") || map.endsWith("[vdso]") || map.endsWith("[vsyscall]");
                assertTrue(!map.substring(map.indexOf(' ')).startsWith(" r-x") || own, map);
            }
            guest.powerButton();
            guest.waitFor();
        }
    }

    private static Map<String, String> status(long pid) throws Exception {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            int colon = line.indexOf(':');
            status.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return status;
    }
}
