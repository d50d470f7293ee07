package dev.ristretto.devices.bus;

import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.kernel.device.DeviceStream;
import dev.ristretto.network.device.stream.ByteStream;
import dev.ristretto.network.device.stream.StreamDevice;
import java.nio.ByteBuffer;
import java.util.Objects;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/** The machine's cable. */
public final class KernelStream implements ByteStream {
    private final long inputAddress;
    private final long outputAddress;
    private final ByteBuffer input;
    private final ByteBuffer output;

    KernelStream(DmaMemory input, DmaMemory output) {
        inputAddress = input.address();
        outputAddress = output.address();
        this.input = CTypeConversion.asByteBuffer(Word.pointer(inputAddress), input.size());
        this.output = CTypeConversion.asByteBuffer(Word.pointer(outputAddress), output.size());
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
        Objects.checkFromIndexSize(position, length, input.capacity());
        return DeviceStream.read(inputAddress + position, length);
    }

    @Override
    public int write(int position, int length) {
        Objects.checkFromIndexSize(position, length, output.capacity());
        return DeviceStream.write(outputAddress + position, length);
    }

    @Override
    public void wake() {
        DeviceStream.wake();
    }

    /** Serves a card on this stream until its link is down: the body of a thread. */
    public void serve(StreamDevice card) {
        while (card.serve()) {
            DeviceStream.await(card.waitsForOutput(), Long.MAX_VALUE);
        }
    }
}
