package dev.ristretto.storage.node;

/** A name in a file system for a device that lives elsewhere. */
public interface DeviceNode extends Node {
    /** Returns the device. */
    CharacterDevice device();
}
