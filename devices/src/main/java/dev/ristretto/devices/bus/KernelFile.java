package dev.ristretto.devices.bus;

import dev.ristretto.devices.block.FileAccess;
import dev.ristretto.kernel.device.DeviceFiles;
import dev.ristretto.machine.DiskFiles;
import java.util.Objects;

/** A file of the machine's that holds a disk. */
record KernelFile(int disk) implements FileAccess {
    @Override
    public long size() {
        return DeviceFiles.size(disk);
    }

    @Override
    public boolean isReadOnly() {
        return DeviceFiles.isReadOnly(disk);
    }

    @Override
    public int read(long position, byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        return result(DeviceFiles.read(disk, position, to, offset, length));
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        return result(DeviceFiles.write(disk, position, from, offset, length));
    }

    @Override
    public int flush() {
        return result(DeviceFiles.flush(disk));
    }

    @Override
    public int clear(long position, long length) {
        return result(DeviceFiles.clear(disk, position, length));
    }

    private static int result(int machines) {
        return switch (machines) {
            case DiskFiles.FULL -> FULL;
            case DiskFiles.UNSUPPORTED -> UNSUPPORTED;
            default -> machines < 0 ? FAILED : machines;
        };
    }
}
