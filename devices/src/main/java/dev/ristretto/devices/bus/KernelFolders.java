package dev.ristretto.devices.bus;

import dev.ristretto.devices.share.StreamAccess;
import dev.ristretto.kernel.device.DeviceFolders;
import dev.ristretto.machine.FolderStream;
import java.util.Objects;

/** The machine's stream to folders. */
final class KernelFolders implements StreamAccess {
    @Override
    public int read(byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        return result(DeviceFolders.read(to, offset, length));
    }

    @Override
    public int write(byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        return result(DeviceFolders.write(from, offset, length));
    }

    private static int result(int machines) {
        return machines == FolderStream.GONE ? GONE : machines;
    }
}
