package dev.ristretto.devices.host;

import java.nio.ByteBuffer;

/**
 * A way for whole frames, each behind a header of virtio-net's (virtio 1.2 §5.1.6): what a TAP device is. One thread at a time for each
 * direction; no method waits.
 */
public interface FramePort {
    /** In place of a length: nothing now. */
    int NOTHING = 0;
    /** In place of a length: the other end is gone, for ever. */
    int GONE = -1;
    /** In place of a length: the frame was dropped, because the other end is down or refuses it. */
    int REFUSED = -2;

    /** The memory that {@link #read} writes to, from position 0 on; holds the largest frame and its header. Always the same. */
    ByteBuffer input();

    /** Takes one frame into {@link #input}; the length with its header, {@link #NOTHING}, or {@link #GONE}. */
    int read();

    /** Gives one frame with its header away; a positive length, {@link #NOTHING} if none is taken now, {@link #GONE} or {@link #REFUSED}. */
    int write(long deviceAddress, int length);

    /** Has the card's {@code serve} called soon, though nothing arrived. Any thread may call. */
    void wake();
}
