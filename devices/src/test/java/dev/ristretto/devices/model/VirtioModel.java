package dev.ristretto.devices.model;

import java.util.Arrays;

/** A virtio device behind any transport: status, features, configuration, queues. */
public final class VirtioModel {
    public final ModelHost host;
    public final int type;
    public final long offered;
    public final ModelQueue[] queues;
    public final byte[] configuration;
    public final int[] notified;
    public int maxQueueSize = 256;
    public long accepted;
    public int status;
    public int generation;
    public int resets;
    /** Raises the device's interrupt for queues; set by the transport. */
    public Runnable raiseQueue = () -> { };
    /** Raises the device's interrupt for a change of configuration. */
    public Runnable raiseConfiguration = () -> { };
    /** What the device does when it is notified of a queue. */
    public Runnable whenNotified = () -> { };
    /** Misbehaviour. */
    public boolean refusesFeatures;
    public boolean neverResets;
    public boolean changesAllTheTime;

    public VirtioModel(ModelHost host, int type, long offered, int queueCount, int configurationBytes) {
        this.host = host;
        this.type = type;
        this.offered = offered | 1L << 32;
        this.configuration = new byte[configurationBytes];
        this.notified = new int[queueCount];
        queues = new ModelQueue[queueCount];
        reset();
    }

    private void reset() {
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ModelQueue(host);
        }
        accepted = 0;
        status = 0;
        resets++;
    }

    public void status(int value) {
        if (value == 0) {
            if (!neverResets) {
                reset();
            }
            return;
        }
        if ((value & 8) != 0 && (status & 8) == 0) {
            boolean fine = (accepted & ~offered) == 0 && (accepted & 1L << 32) != 0 && !refusesFeatures;
            status = fine ? value : value & ~8;
            for (ModelQueue queue : queues) {
                queue.eventIndex = (accepted & 1L << 29) != 0;
            }
            return;
        }
        if ((value & 4) != 0 && Arrays.stream(queues).noneMatch(queue -> queue.ready)) {
            throw new AssertionError("the driver is ready without a queue");
        }
        status = value;
    }

    public void notify(int queue) {
        if ((status & 4) == 0) {
            throw new AssertionError("notified before the driver said that it is ready");
        }
        notified[queue]++;
        whenNotified.run();
    }

    public int generation() {
        if (changesAllTheTime) {
            generation++;
        }
        return generation & 0xFF;
    }

    public int configuration(int offset, int width) {
        int value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (offset + i < configuration.length ? configuration[offset + i] & 0xFF : 0);
        }
        return value;
    }

    /** Changes configuration as the rules want it, and says so. */
    public void configure(int offset, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            configuration[offset + i] = (byte) bytes[i];
        }
        generation++;
        raiseConfiguration.run();
    }

    /** Uses a chain and interrupts if the driver wants that. */
    public void complete(int queue, int id, int length) {
        queues[queue].use(id, length);
        if (queues[queue].show()) {
            raiseQueue.run();
        }
    }
}
