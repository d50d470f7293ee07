package dev.ristretto.jdk.io;

import dev.ristretto.storage.node.CharacterDevice;
import java.nio.ByteBuffer;

/** The console as a device that takes buffers. */
final class ConsoleBytes implements CharacterDevice {
    /** Bytes moved at a time to or from memory outside the Java heap. */
    private static final int CHUNK = 8192;

    private final ConsoleDevice console;

    ConsoleBytes(ConsoleDevice console) {
        this.console = console;
    }

    @Override
    public int read(ByteBuffer destination) {
        if (!destination.hasRemaining()) {
            return 0;
        }
        if (destination.hasArray()) {
            int length = console.read(destination.array(), destination.arrayOffset() + destination.position(), destination.remaining());
            if (length <= 0) {
                return 0;
            }
            destination.position(destination.position() + length);
            return length;
        }
        byte[] bytes = new byte[Math.min(CHUNK, destination.remaining())];
        int length = console.read(bytes, 0, bytes.length);
        if (length <= 0) {
            return 0;
        }
        destination.put(bytes, 0, length);
        return length;
    }

    @Override
    public int write(ByteBuffer source) {
        int sum = source.remaining();
        if (source.hasArray()) {
            console.write(source.array(), source.arrayOffset() + source.position(), sum);
            source.position(source.limit());
            return sum;
        }
        byte[] bytes = new byte[Math.min(CHUNK, sum)];
        while (source.hasRemaining()) {
            int length = Math.min(bytes.length, source.remaining());
            source.get(bytes, 0, length);
            console.write(bytes, 0, length);
        }
        return sum;
    }

    @Override
    public int available() {
        return console.available();
    }

    @Override
    public boolean isTerminal() {
        return true;
    }
}
