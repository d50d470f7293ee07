package dev.ristretto.network.device;

/** A card that counts its frames. The numbers may be asked for by any thread, never fall, and are a moment late perhaps. */
public interface CountedDevice extends NetworkDevice {
    /** Returns what the card counts with; only the card itself writes it. */
    DeviceCounters counters();

    /** Returns how many frames were handed to the stack. */
    default long received() {
        return counters().received;
    }

    /** Returns how many frames arrived and were dropped: nobody listened, no packet was free, or they made no sense. */
    default long receiveDropped() {
        return counters().receiveDropped;
    }

    /** Returns how many frames were taken to be sent. */
    default long transmitted() {
        return counters().transmitted;
    }

    /** Returns how many frames were taken and dropped, because the link is down or the card is stopped. */
    default long transmitDropped() {
        return counters().transmitDropped;
    }
}
