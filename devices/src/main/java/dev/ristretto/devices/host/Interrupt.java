package dev.ristretto.devices.host;

/** An interrupt of a device, as something that one thread waits for. Raised several times before it is looked at it counts once. */
public interface Interrupt {
    /** Waits until it or a sibling is raised, or was since the last call, or until {@code deadline} on the scale of the host's clock. */
    void await(long deadline);

    /** Lets {@link #await} return. Any thread may call. */
    void raise();

    /** Takes an interrupt that wakes the same thread; null if there is none left. */
    Interrupt claimSibling();

    /** True if this very one was raised since the last call. */
    boolean takeRaised();

    /** Where a device writes to raise it by message. */
    long messageAddress();

    /** What it writes there. */
    int messageData();

    /** Connects an interrupt line by its global number; false if there is no such line. */
    boolean connectLine(int line, boolean level);

    /** Connects an interrupt line by its number in a PC, 0 to 15. */
    boolean connectIsaLine(int line, boolean level);

    /** After a level-triggered line was served: listens to it again. */
    void rearm();
}
