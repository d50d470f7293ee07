package dev.ristretto.network.device;

/**
 * What a card counts. Each number is written by one thread or under one lock, and read by anybody: a moment late perhaps. For drivers, which
 * say what they count as what.
 */
public final class DeviceCounters {
    /** Frames handed to the stack. */
    public volatile long received;
    /** Frames that arrived and were dropped. */
    public volatile long receiveDropped;
    /** Frames that were taken to be sent. */
    public volatile long transmitted;
    /** Frames that were taken and dropped. */
    public volatile long transmitDropped;
}
