package dev.ristretto.devices.network;

/** What a card counts. Each number is written by one thread or under one lock, and read by anybody: a moment late perhaps. */
final class CardCounters {
    volatile long received;
    volatile long receiveDropped;
    volatile long transmitted;
    volatile long transmitDropped;
}
