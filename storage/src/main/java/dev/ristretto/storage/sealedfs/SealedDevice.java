package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.node.CharacterDevice;
import dev.ristretto.storage.node.DeviceNode;
import dev.ristretto.storage.node.FileType;

/** The name of a device in a sealed tree. */
final class SealedDevice extends SealedNode implements DeviceNode {
    private final CharacterDevice device;

    SealedDevice(Identity identity, CharacterDevice device, long deviceNumber) {
        super(identity, FileType.CHARACTER_DEVICE, 0666, 0, deviceNumber);
        this.device = device;
    }

    @Override
    public CharacterDevice device() {
        return device;
    }
}
