package dev.ristretto.storage.device;

import dev.ristretto.storage.node.CharacterDevice;
import java.nio.ByteBuffer;

/** {@code /dev/null}: always at the end of input, and takes whatever is written. */
public final class NullDevice implements CharacterDevice {
    @Override
    public int read(ByteBuffer destination) {
        return 0;
    }

    @Override
    public int write(ByteBuffer source) {
        int length = source.remaining();
        source.position(source.limit());
        return length;
    }
}
