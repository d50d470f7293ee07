package dev.ristretto.jdk.disk;

import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.cowfs.Cowfs;
import java.util.function.Consumer;

/** A disk and the directory where it is mounted. For one thread at a time. */
final class MountedDisk {
    private final String path;
    private final Cowfs fileSystem;
    private final Consumer<String> log;
    private boolean failing;

    MountedDisk(String path, Cowfs fileSystem, Consumer<String> log) {
        this.path = path;
        this.fileSystem = fileSystem;
        this.log = log;
    }

    /**
     * Makes what was written so far last, by way of maps too, and gives free space back; says so once if that fails, and tries again the next
     * time.
     */
    void sync() {
        try {
            try {
                MachineFiles.writeBackMaps(fileSystem);
            } finally {
                fileSystem.sync();
            }
            fileSystem.discardFree();
            failing = false;
        } catch (ErrnoException e) {
            if (!failing) {
                failing = true;
                log.accept(path + " cannot be brought up to date on its disk: " + e.errno().message()
                        + (fileSystem.isReadOnly() ? "; it is read-only from now on" : "; trying again"));
            }
        }
    }

    /** Makes everything last. */
    void close() {
        try {
            try {
                MachineFiles.writeBackMaps(fileSystem);
            } finally {
                fileSystem.close();
            }
        } catch (ErrnoException e) {
            log.accept(path + ": what was changed last is not on its disk: " + e.errno().message());
        }
    }
}
