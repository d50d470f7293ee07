package dev.ristretto.devices.virtio;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.DmaMemory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What all virtio devices have in common: initialization (virtio 1.2 §3.1), configuration that is read whole, the end. A driver makes one,
 * calls {@link #begin}, {@link #queue} for each queue, {@link #ready}, and {@link #stop} when it is done or the device breaks a rule.
 *
 * <p>For one thread, but for {@link #stop} and {@link #isStopped}.
 */
public final class VirtioDevice {
    /** VIRTIO_F_INDIRECT_DESC (§6). */
    public static final long INDIRECT = 1L << 28;
    /** VIRTIO_F_EVENT_IDX. */
    public static final long EVENT_INDEX = 1L << 29;
    /** VIRTIO_F_VERSION_1. */
    public static final long VERSION_1 = 1L << 32;

    /** Device status, §2.1. */
    private static final int ACKNOWLEDGE = 1;
    private static final int DRIVER = 2;
    private static final int DRIVER_OK = 4;
    private static final int FEATURES_OK = 8;
    private static final int NEEDS_RESET = 64;
    private static final int FAILED = 128;
    /** How long a device may take to reset; in practice it is done at once. */
    private static final long RESET_NANOS = 100_000_000;
    private static final int MAX_RETRIES = 100;

    private final Transport transport;
    private final DeviceHost host;
    private final Consumer<String> log;
    private final String name;
    private Interrupt interrupt;
    private long features;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean stopped;
    private volatile boolean quiet;

    /**
     * @param name what the log calls the device
     * @param log  takes one line when the device cannot be used or is stopped
     */
    public VirtioDevice(Transport transport, DeviceHost host, String name, Consumer<String> log) {
        this.transport = transport;
        this.host = host;
        this.name = name;
        this.log = log;
    }

    /** The way to the device. */
    public Transport transport() {
        return transport;
    }

    /** Features that both sides agreed on. */
    public long features() {
        return features;
    }

    /** True if both sides agreed on all bits of {@code feature}. */
    public boolean has(long feature) {
        return (features & feature) == feature;
    }

    /** What its thread waits for, once {@link #begin} succeeded. */
    public Interrupt interrupt() {
        return interrupt;
    }

    /**
     * Resets the device and agrees on features: those of {@code wanted} that it offers, without those of which {@code needs} says that
     * they need others.
     *
     * @return false if the device cannot be used; the log says why
     */
    public boolean begin(FeatureChoice choice) {
        if (!reset()) {
            return fail("does not reset");
        }
        transport.status(ACKNOWLEDGE);
        transport.status(ACKNOWLEDGE | DRIVER);
        long offered = transport.deviceFeatures();
        if ((offered & VERSION_1) == 0) {
            return fail("speaks only the interface of before virtio 1.0");
        }
        features = choice.of(offered) & offered | VERSION_1;
        transport.driverFeatures(features);
        transport.status(ACKNOWLEDGE | DRIVER | FEATURES_OK);
        if ((transport.status() & FEATURES_OK) == 0) {
            return fail("does not accept the features that it offered");
        }
        interrupt = host.claimInterrupt();
        if (interrupt == null) {
            return fail("cannot be given an interrupt: all are taken");
        }
        if (!transport.connect(interrupt)) {
            return fail("has no way to interrupt");
        }
        return true;
    }

    /** Chooses among the features that a device offers. */
    @FunctionalInterface
    public interface FeatureChoice {
        /** Returns the bits to use; others than those offered are left out. */
        long of(long offered);
    }

    /**
     * Makes queue {@code index} known to the device.
     *
     * @param limit        most descriptors, a power of two
     * @param tableEntries descriptors in an indirect table of each; used if the device can do that
     * @return null if the device has no such queue, or there is no memory; the log says which
     */
    public SplitQueue queue(int index, int limit, int tableEntries) {
        int size = Integer.highestOneBit(Math.min(transport.maxQueueSize(index), limit));
        if (size == 0) {
            fail("has no queue " + index);
            return null;
        }
        int entries = has(INDIRECT) ? tableEntries : 0;
        DmaMemory memory = memory(SplitQueue.bytes(size, entries));
        if (memory == null) {
            return null;
        }
        SplitQueue queue = new SplitQueue(memory, size, has(EVENT_INDEX), entries);
        if (!transport.enableQueue(index, size, queue.descriptorsAddress(), queue.driverAddress(), queue.deviceAddress())) {
            fail("does not take queue " + index);
            return null;
        }
        return queue;
    }

    /** Memory for the device, for ever: somebody may still look at a queue when it is stopped. Null if there is none, which the log says. */
    public DmaMemory memory(int bytes) {
        DmaMemory memory = host.allocate(bytes);
        if (memory == null) {
            fail("cannot be used: " + bytes + " bytes of contiguous memory are not free");
        }
        return memory;
    }

    /** Lets the device work. */
    public void ready() {
        transport.status(ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK);
    }

    /** True if the device says that it is lost without a reset. */
    public boolean needsReset() {
        int status = transport.status();
        return (status & NEEDS_RESET) != 0 || (status & DRIVER_OK) == 0;
    }

    /** Reads configuration until it did not change meanwhile (§2.5.1), or gives up after a while and takes the last. */
    public long configuration(ConfigurationRead read) {
        long value = 0;
        for (int i = 0; i < MAX_RETRIES; i++) {
            int before = transport.configurationGeneration();
            value = read.of(transport);
            if (transport.configurationGeneration() == before) {
                break;
            }
        }
        return value;
    }

    /** Reads a value that may take several accesses. */
    @FunctionalInterface
    public interface ConfigurationRead {
        long of(Transport transport);
    }

    private boolean reset() {
        transport.status(0);
        long deadline = host.nanoTime() + RESET_NANOS;
        while (transport.status() != 0) {
            if (host.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private boolean fail(String why) {
        stop(why);
        return false;
    }

    /** True after {@link #stop}. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Ends the work with the device: it is reset. Only the first call does something and tells the log.
     *
     * @param why what the device did, as the end of a sentence
     */
    public void stop(String why) {
        lock.lock();
        try {
            if (!stopped) {
                stopped = true;
                log.accept(name + " (" + transport.place() + ") " + why + "; it is not used any more");
                transport.status(FAILED);
                quiet = reset();
                if (!quiet) {
                    transport.cutOff();
                }
            }
        } finally {
            lock.unlock();
        }
        if (interrupt != null) {
            interrupt.raise();
        }
    }

    /** After {@link #stop}: true if the device obeyed the reset, so that it does not write to its buffers any more. */
    public boolean isQuiet() {
        return quiet;
    }
}
