package dev.ristretto.network.middleware;

import dev.ristretto.network.Clock;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import java.util.function.Consumer;

/** Shows each frame in one line, as it passes. For people; it allocates. */
public final class TraceDevice extends Middleware {
    private final Clock clock;
    private final Consumer<String> lines;
    private final long start;

    /** Makes it around a device; {@code lines} may be called under the stack's lock and must not call back into the stack. */
    public TraceDevice(NetworkDevice below, Clock clock, Consumer<String> lines) {
        super(below);
        this.clock = clock;
        this.lines = lines;
        start = clock.nanos();
    }

    private void show(String arrow, Packet packet) {
        long micros = (clock.nanos() - start) / 1000;
        StringBuilder line = new StringBuilder(120).append(micros / 1_000_000).append('.');
        String fraction = Long.toString(1_000_000 + micros % 1_000_000);
        line.append(fraction, 1, 7).append(' ').append(name()).append(arrow);
        FrameText.append(line, packet);
        lines.accept(line.toString());
    }

    @Override
    public boolean transmit(Packet packet) {
        // Before, because the packet may be gone after; a frame that is refused is shown again when it is tried again.
        show(" > ", packet);
        return passDown(packet);
    }

    @Override
    public void received(Packet packet) {
        show(" < ", packet);
        passUp(packet);
    }
}
