package dev.ristretto.jdk.io;

import dev.ristretto.kernel.console.Console;

/** The kernel's console. */
final class KernelConsole implements ConsoleDevice {
    private final int stream;

    /** A console whose output goes to {@code stream}, one of {@link Console}'s. */
    KernelConsole(int stream) {
        this.stream = stream;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        return Console.read(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Console.write(stream, bytes, offset, length);
    }

    @Override
    public int available() {
        return Console.available();
    }
}
