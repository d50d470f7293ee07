package dev.ristretto.launcher.gateway;

import dev.ristretto.network.device.stream.ByteStream;
import dev.ristretto.network.device.stream.StreamDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The gateway's end of the cable: a socket that does not block. */
final class SocketStream implements ByteStream {
    private final SocketChannel channel;
    private final Runnable wakeUp;
    private final ByteBuffer input = ByteBuffer.allocateDirect(StreamDevice.WINDOW);
    private final ByteBuffer output = ByteBuffer.allocateDirect(StreamDevice.WINDOW);

    SocketStream(SocketChannel channel, Runnable wakeUp) {
        this.channel = channel;
        this.wakeUp = wakeUp;
    }

    @Override
    public ByteBuffer input() {
        return input;
    }

    @Override
    public ByteBuffer output() {
        return output;
    }

    @Override
    public int read(int position, int length) {
        try {
            return channel.read(input.limit(position + length).position(position)); // -1 is GONE
        } catch (IOException e) {
            return GONE;
        } finally {
            input.clear();
        }
    }

    @Override
    public int write(int position, int length) {
        try {
            return channel.write(output.limit(position + length).position(position));
        } catch (IOException e) {
            return GONE;
        } finally {
            output.clear();
        }
    }

    @Override
    public void wake() {
        wakeUp.run();
    }
}
