package dev.ristretto.network.device;

import java.util.function.Consumer;

/**
 * A card's listener, for its driver: whom frames go to, and what becomes of exceptions. A mistake in the stack is not the card's end; the log
 * says so once. {@link #attach} and {@link #current} may be called from any thread, the others from the card's own.
 */
public final class GuardedListener {
    private final String card;
    private final Consumer<String> log;
    private volatile DeviceListener listener;
    private boolean hasFailed;

    /**
     * Without a listener yet.
     *
     * @param card what the log calls the card
     * @param log  takes a line when the listener fails
     */
    public GuardedListener(String card, Consumer<String> log) {
        this.card = card;
        this.log = log;
    }

    /** Changes the listener; null for none. */
    public void attach(DeviceListener newListener) {
        listener = newListener;
    }

    /** The listener, or null. */
    public DeviceListener current() {
        return listener;
    }

    /** Tells the listener something, if there is one. */
    public void tell(Consumer<DeviceListener> what) {
        DeviceListener told = listener;
        if (told != null) {
            try {
                what.accept(told);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /** To be called with what a listener threw that was called directly. */
    public void failed(RuntimeException e) {
        if (!hasFailed) {
            hasFailed = true;
            log.accept(card + ": the network failed on a frame, which is dropped: " + e);
        }
    }
}
