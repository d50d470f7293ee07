package dev.ristretto.network.device;

/** What kind of large packet the device is to cut into segments. */
public enum GsoType {
    NONE, TCP_V4, TCP_V6
}
