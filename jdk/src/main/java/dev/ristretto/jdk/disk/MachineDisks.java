package dev.ristretto.jdk.disk;

import dev.ristretto.devices.block.AttachedDisk;
import dev.ristretto.devices.block.BlockCards;
import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.jdk.lang.BeforeEnd;
import dev.ristretto.jdk.lang.SystemMessages;
import dev.ristretto.kernel.Power;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.ext4.Ext4;
import dev.ristretto.storage.ext4.Ext4Exception;
import dev.ristretto.storage.node.FileSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The disks of this machine, mounted. */
final class MachineDisks {
    private static final String PATH = "/data";
    /** What was written is on the disk after so long, also if nobody forces it. */
    private static final long SYNC_NANOS = 5_000_000_000L;
    private static final int STACK_BYTES = 256 * 1024;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<MountedDisk> MOUNTED = new ArrayList<>();
    private static boolean closed;

    private MachineDisks() {
    }

    /** Mounts all of them, or ends the image with a report: a program that misses its data had better not run. */
    static void mountAll() {
        List<AttachedDisk> disks = BlockCards.open(SystemMessages::say);
        if (disks == null) {
            fail("a disk of this machine cannot be used; the line above says why", "Take the disk away, or let the hypervisor offer it otherwise.");
            return;
        }
        if (disks.isEmpty()) {
            return;
        }
        Map<String, FileSystem> fileSystems = new LinkedHashMap<>();
        for (AttachedDisk disk : disks) {
            String path = fileSystems.isEmpty() ? PATH : PATH + (fileSystems.size() + 1);
            FileSystem fileSystem = mount(disk, path, disks.size());
            fileSystems.put(path, fileSystem);
            if (fileSystem instanceof Cowfs ours) {
                MOUNTED.add(new MountedDisk(path, ours, SystemMessages::say));
            }
        }
        fileSystems.forEach(MachineFiles::mountAlso);
        if (MOUNTED.isEmpty()) {
            return;
        }
        BeforeEnd.run(MachineDisks::close);
        Thread keeper = new Thread(null, MachineDisks::keepUpToDate, "disks", STACK_BYTES);
        keeper.setDaemon(true);
        keeper.start();
    }

    private static FileSystem mount(AttachedDisk disk, String path, int disks) {
        DiskMemory memory = DiskMemory.of(Runtime.getRuntime().maxMemory(), disks);
        BlockDevice device = disk.device();
        try {
            if (!Ext4.isFormatted(device)) {
                return mountOurs(device, memory);
            }
            if (device.isReadOnly()) {
                return Ext4.mount(device, memory.ext4Bytes());
            }
            fail(disk, path, "it holds an ext4 file system, which can only be read here", "Say --disk FILE:ro, or let the hypervisor offer it for reading only.");
        } catch (ErrnoException e) {
            fail(disk, path, "the device failed: " + e.errno().message(), hint(CowfsException.Problem.DEVICE));
        } catch (CowfsException e) {
            fail(disk, path, e.getMessage(), hint(e.problem()));
        } catch (Ext4Exception e) {
            fail(disk, path, e.getMessage(), ext4Hint(e.problem()));
        }
        throw new IllegalStateException("no file system on " + disk.name());
    }

    private static Cowfs mountOurs(BlockDevice device, DiskMemory memory) throws CowfsException {
        CowfsOptions options = CowfsOptions.defaults(MachineFiles::epochNanos).withMemory(memory.cacheBytes(), memory.dirtyBytes());
        return Cowfs.mount(device, device.isReadOnly() ? options.forReading() : options.withDiscard());
    }

    private static void fail(AttachedDisk disk, String path, String what, String hint) {
        fail("the disk " + disk.name() + ", which is to be " + path + ": " + what, hint);
    }

    private static String hint(CowfsException.Problem problem) {
        return switch (problem) {
            case NOT_COWFS -> "'ristretto disk create FILE' makes a disk; 'ristretto run --disk FILE --format' makes an empty file system on one.";
            case TOO_NEW -> "Build the image with the version of Ristretto that made the disk, or a later one.";
            case TOO_SMALL -> "If it was cut off, get it again in one piece; a new disk needs 1 MiB at least.";
            case READ_ONLY -> "Let the hypervisor offer it for writing.";
            case DAMAGED, DEVICE -> "What can still be read, 'ristretto disk get' copies; restore the rest from a backup.";
        };
    }

    private static String ext4Hint(Ext4Exception.Problem problem) {
        return switch (problem) {
            case NOT_EXT4, UNSUPPORTED -> "Linux can mount it, and unmount it if that is all that it lacks; 'ristretto disk put' copies files to a disk of ours.";
            case TOO_SMALL -> "If it was cut off, get it again in one piece.";
            case DAMAGED, DEVICE -> "e2fsck repairs it on Linux; begin with a copy.";
        };
    }

    private static void keepUpToDate() {
        while (true) {
            LockSupport.parkNanos(SYNC_NANOS);
            LOCK.lock();
            try {
                if (closed) {
                    return;
                }
                MOUNTED.forEach(MountedDisk::sync);
            } finally {
                LOCK.unlock();
            }
        }
    }

    private static void close() {
        LOCK.lock();
        try {
            if (!closed) {
                closed = true;
                MOUNTED.forEach(MountedDisk::close);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void fail(String what, String hint) {
        SystemMessages.panic(what, hint);
        Power.exit(Power.PANIC_CODE);
    }
}
