package dev.ristretto.jdk.io;

import dev.ristretto.jdk.nio.memory.MachineMapMemory;
import dev.ristretto.jdk.sealed.SealedFiles;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.device.NullDevice;
import dev.ristretto.storage.device.RandomDevice;
import dev.ristretto.storage.device.ZeroDevice;
import dev.ristretto.storage.map.MappedFiles;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.sealedfs.SealedTree;
import dev.ristretto.storage.tmpfs.Tmpfs;
import dev.ristretto.storage.vfs.Vfs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The name space of the running program, made when first asked for; see the package for what is in it. */
public final class MachineFiles {
    /**
     * Time of everything that is sealed into an image: 1980-01-01, the first day that archives know. The real one would make two
     * builds of the same program differ.
     */
    private static final long SEALED_TIME = 315_532_800_000_000_000L;

    /** New files are not writable for others, as is usual; see {@code umask(2)}. */
    private static final int UMASK = 022;

    private static final long MIB = 1 << 20;
    private static final String TMP_SIZE_PROPERTY = "ristretto.tmp.mib";

    /** In {@code /tmp}, one file per this many bytes of its limit, as with Linux's tmpfs. */
    private static final int BYTES_PER_NAME = 4096;
    private static final int LEAST_NAMES = 4096;

    private static final String RESOURCES = "/app";
    private static final String DEVICES = "/dev";
    private static final String TEMPORARY = "/tmp";

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile Vfs vfs;
    private static final Map<String, FileSystem> ALSO = new LinkedHashMap<>();

    private MachineFiles() {
    }

    /** Returns the name space. */
    public static Vfs vfs() {
        Vfs made = vfs;
        if (made != null) {
            return made;
        }
        LOCK.lock();
        try {
            if (vfs == null) {
                vfs = make();
            }
            return vfs;
        } finally {
            LOCK.unlock();
        }
    }

    /** Whether something can be mounted at a path: there are directories that every image has itself or keeps for disks, and some have more. */
    public static boolean isFree(String path) {
        LOCK.lock();
        try {
            for (String taken : List.of(RESOURCES, DEVICES, TEMPORARY)) {
                if (overlap(path, taken)) {
                    return false;
                }
            }
            for (String taken : SealedFiles.byPath().keySet()) {
                if (overlap(path, taken)) {
                    return false;
                }
            }
            for (String taken : ALSO.keySet()) {
                if (overlap(path, taken)) {
                    return false;
                }
            }
            return true;
        } finally {
            LOCK.unlock();
        }
    }

    private static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    /** Brings to the files of a file system what was changed by way of maps, if anything was. */
    public static void writeBackMaps(FileSystem fileSystem) throws ErrnoException {
        Vfs made = vfs;
        if (made != null) {
            made.maps().writeBack(fileSystem);
        }
    }

    /** Says what is mounted where besides, before anybody asks for a file. */
    public static void mountAlso(String path, FileSystem fileSystem) {
        LOCK.lock();
        try {
            if (vfs != null) {
                throw new IllegalStateException("files are in use already");
            }
            ALSO.put(path, fileSystem);
        } finally {
            LOCK.unlock();
        }
    }

    private static Vfs make() {
        SealedTree root = new SealedTree("sealed", SEALED_TIME).directory(RESOURCES).directory(DEVICES).directory(TEMPORARY);
        Map<String, FileSystem> mounts = SealedFiles.byPath();
        mounts.putAll(ALSO);
        mounts.keySet().forEach(root::directory);
        ImageResources.addTo(root, RESOURCES);
        long tmpBytes = tmpBytes();
        try {
            Vfs made = new Vfs(root.seal(), UMASK, new MappedFiles(new MachineMapMemory(), MachineEntropy::fill));
            made.mount(DEVICES, devices());
            made.mount(TEMPORARY, new Tmpfs(tmpBytes, Math.max(LEAST_NAMES, tmpBytes / BYTES_PER_NAME), MachineFiles::epochNanos));
            for (Map.Entry<String, FileSystem> mount : mounts.entrySet()) {
                made.mount(mount.getKey(), mount.getValue());
            }
            changeToUserDirectory(made);
            return made;
        } catch (ErrnoException e) {
            throw new IllegalStateException("The files of the image cannot be set up: " + e.getMessage(), e);
        }
    }

    private static FileSystem devices() {
        SealedTree tree = new SealedTree("devtmpfs", SEALED_TIME);
        // Numbers as in the list of devices that comes with Linux, admin-guide/devices.txt.
        tree.device("null", new NullDevice(), 1, 3);
        tree.device("zero", new ZeroDevice(false), 1, 5);
        tree.device("full", new ZeroDevice(true), 1, 7);
        RandomDevice random = new RandomDevice(MachineEntropy::fill);
        tree.device("random", random, 1, 8);
        tree.device("urandom", random, 1, 9);
        tree.device("tty", Descriptors.CONSOLE, 5, 0);
        tree.device("console", Descriptors.CONSOLE, 5, 1);
        for (String stream : new String[] {"stdin", "stdout", "stderr"}) {
            tree.symbolicLink(stream, "console");
        }
        return tree.seal();
    }

    private static long tmpBytes() {
        String mib = System.getProperty(TMP_SIZE_PROPERTY);
        if (mib == null) {
            return Runtime.getRuntime().maxMemory() / 2;
        }
        try {
            return Math.multiplyExact(Integer.parseUnsignedInt(mib), MIB);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + TMP_SIZE_PROPERTY + "=" + mib + " is no number of MiB; give one like 64", e);
        }
    }

    private static void changeToUserDirectory(Vfs made) {
        try {
            made.changeDirectory(System.getProperty("user.dir", "/"));
        } catch (ErrnoException e) {
            // Relative paths then begin at the root. A program that needs the directory will learn what is wrong with it.
        }
    }

    /** The clock of files: nanoseconds since 1970. */
    public static long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
