package dev.ristretto.devices.bus;

import dev.ristretto.devices.host.FramePort;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.kernel.device.DeviceStream;
import dev.ristretto.machine.NetworkStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/** The machine's cable where it carries whole frames. */
public final class KernelFrames implements FramePort {
    private final long inputAddress;
    private final ByteBuffer input;

    KernelFrames(DmaMemory input) {
        inputAddress = input.address();
        this.input = CTypeConversion.asByteBuffer(Word.pointer(inputAddress), input.size());
    }

    /** Bytes of the largest IP packet. */
    public int mtu() {
        return DeviceStream.mtu();
    }

    @Override
    public ByteBuffer input() {
        return input;
    }

    @Override
    public int read() {
        int length = DeviceStream.read(inputAddress, input.capacity());
        return length == NetworkStream.GONE ? GONE : length;
    }

    @Override
    public int write(long deviceAddress, int length) {
        return switch (DeviceStream.write(deviceAddress, length)) {
            case NetworkStream.GONE -> GONE;
            case NetworkStream.REFUSED -> REFUSED;
            case 0 -> NOTHING;
            default -> length;
        };
    }

    @Override
    public void wake() {
        DeviceStream.wake();
    }

    /**
     * Serves a card on this cable until its link is down: the body of a thread.
     *
     * @param serve          looks at both directions once; false when the link is down for good
     * @param waitsForOutput whether the card waits until frames are taken again
     */
    public void serve(BooleanSupplier serve, BooleanSupplier waitsForOutput) {
        while (serve.getAsBoolean()) {
            DeviceStream.await(waitsForOutput.getAsBoolean(), Long.MAX_VALUE);
        }
    }
}
