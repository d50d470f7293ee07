package dev.ristretto.devices.virtio;

import dev.ristretto.devices.host.Interrupt;

/** How a driver and a virtio device reach each other (virtio 1.2 §4). For one thread, but for {@link #notifyQueue}, which any may call. */
public interface Transport {
    /** In what {@link #acknowledge} returns: queues may have used buffers. */
    int QUEUES = 1;
    /** In what {@link #acknowledge} returns: the configuration changed. */
    int CONFIGURATION = 2;

    /** Where the device is, for the log. */
    String place();

    /** What kind of device it is (§5). */
    int type();

    /** Status field (§2.1). */
    int status();

    /** Writes the status field; 0 resets the device. */
    void status(int value);

    /** All 64 feature bits that the device offers. */
    long deviceFeatures();

    /** Tells the device which of them are used. */
    void driverFeatures(long features);

    /**
     * Connects the device's interrupts.
     *
     * @param interrupt raised for queues; the transport may take siblings of it
     * @return false if there is no way for the device to interrupt
     */
    boolean connect(Interrupt interrupt);

    /** Largest size of a queue; 0 if there is no such queue. */
    int maxQueueSize(int queue);

    /** Tells the device where the three parts of a queue are, and enables it; false if the device does not take that. */
    boolean enableQueue(int queue, int size, long descriptors, long driverArea, long deviceArea);

    /** Tells the device that a queue has something new. */
    void notifyQueue(int queue);

    /** Takes back the device's request to be served; returns {@link #QUEUES} and {@link #CONFIGURATION}. */
    int acknowledge();

    /** Listens to interrupts again after {@link #acknowledge}. */
    void rearm();

    /** Bytes of configuration that can be read. */
    int configurationSize();

    /** Changes when the configuration changes (§2.5.1). */
    int configurationGeneration();

    /** One byte of the configuration; 0 behind its end. */
    int configuration8(int offset);

    /** Two bytes of the configuration; 0 behind its end. */
    int configuration16(int offset);

    /** Four bytes of the configuration; 0 behind its end. */
    int configuration32(int offset);

    /** Cuts the device off from memory, where the transport can do that; after a reset that was not obeyed. */
    void cutOff();
}
