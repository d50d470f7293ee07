package dev.ristretto.network.device.stream;

/** What a card counts. Each number is written by one thread or under one lock, and read by anybody: a moment late perhaps. */
final class StreamCounters {
    volatile long received;
    volatile long receiveDropped;
    volatile long transmitted;
    volatile long transmitDropped;
}
