package dev.ristretto.storage.device;

import dev.ristretto.storage.node.CharacterDevice;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * {@code /dev/random} and {@code /dev/urandom}: an endless supply of random bytes. What is written is ignored; it could only make
 * worse what the source of randomness vouches for.
 */
public final class RandomDevice implements CharacterDevice {
    private static final int CHUNK = 256;

    private final Consumer<byte[]> source;

    /** @param source fills an array with bytes that nobody can predict */
    public RandomDevice(Consumer<byte[]> source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer destination) {
        int length = destination.remaining();
        while (destination.hasRemaining()) {
            byte[] chunk = new byte[Math.min(CHUNK, destination.remaining())];
            source.accept(chunk);
            destination.put(chunk);
        }
        return length;
    }

    @Override
    public int write(ByteBuffer data) {
        int length = data.remaining();
        data.position(data.limit());
        return length;
    }
}
