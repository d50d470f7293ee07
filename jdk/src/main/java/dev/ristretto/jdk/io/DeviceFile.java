package dev.ristretto.jdk.io;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.CharacterDevice;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.Status;
import java.nio.ByteBuffer;

/** A device that is open from the start, without having been named: what descriptors 0, 1 and 2 stand for. */
final class DeviceFile extends OpenFile {
    private final CharacterDevice device;
    private final long deviceNumber;

    /** @param deviceNumber major number in the bits from 8 on, minor in the low eight */
    DeviceFile(CharacterDevice device, long deviceNumber) {
        this.device = device;
        this.deviceNumber = deviceNumber;
    }

    @Override
    public int read(ByteBuffer destination) throws ErrnoException {
        return device.read(destination);
    }

    @Override
    public int write(ByteBuffer source) throws ErrnoException {
        return device.write(source);
    }

    @Override
    public long available() {
        return device.available();
    }

    @Override
    public Status status() {
        return new Status(0, new Attributes(FileType.CHARACTER_DEVICE, deviceNumber, 0600, 1, 0, 0, 0, 0, deviceNumber, 0, 0, 0, 0));
    }

    @Override
    public boolean isTerminal() {
        return device.isTerminal();
    }
}
