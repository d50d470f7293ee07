package dev.ristretto.bench;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.console.DebugConsole;
import dev.ristretto.launcher.qemu.QemuCommand;
import dev.ristretto.launcher.qemu.QemuFinder;
import dev.ristretto.launcher.qemu.QemuProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A guest as it is started, each with the same QEMU, machine, accelerator and processor.
 *
 * @param name  in tables
 * @param tap   its network
 * @param words QEMU's for what it boots
 */
record Guest(String name, Tap tap, List<String> words) {
    /** An image of ours. */
    static Guest image(String name, Path image, Tap tap, String systemWords) {
        Instant now = Instant.now();
        return new Guest(name, tap, List.of("-kernel", image.toString(), "-append", systemWords + " ip=" + tap.guestAddress() + "/24 gateway="
                + tap.hostAddress() + " ristretto.epoch=" + (now.getEpochSecond() * 1_000_000_000L + now.getNano())));
    }

    /** Linux and a JVM. */
    static Guest linux(String name, Path folder, Tap tap, String javaOptions) throws IOException {
        return new Guest(name, tap, LinuxGuest.words(folder, tap, javaOptions));
    }

    /** Starts it. */
    Running start(int memoryMib) throws IOException, InterruptedException {
        QemuCommand command = new QemuCommand(QemuFinder.onPath(QemuFinder.PROGRAM, System.getenv("PATH")), Machine.MICROVM, Accelerator.TCG,
                memoryMib).add(words).add(tap.words());
        return new Running(this, QemuProcess.start(command, new DebugConsole()));
    }

    /** A guest that was started; it ends when this is closed. */
    static final class Running implements AutoCloseable {
        private final Guest guest;
        private final QemuProcess qemu;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        private Running(Guest guest, QemuProcess qemu) {
            this.guest = guest;
            this.qemu = qemu;
            Thread.ofPlatform().daemon().name("console of " + guest.name).start(this::read);
        }

        private void read() {
            byte[] piece = new byte[4096];
            try (InputStream console = qemu.serialOutput()) {
                for (int got = console.read(piece); got >= 0; got = console.read(piece)) {
                    said.write(piece, 0, got);
                }
            } catch (IOException e) {
                return; // it has ended
            }
        }

        Guest guest() {
            return guest;
        }

        long startNanos() {
            return qemu.startNanos();
        }

        boolean hasEnded() throws InterruptedException {
            return qemu.endsWithin(0);
        }

        /** Processor time that QEMU has used, in ms; Linux counts it in steps of 10. */
        double processorMillis() throws IOException {
            return ProcessHandle.of(qemu.pid()).flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow(() -> new IOException(guest.name + " has ended; it said:\n" + said())).toMillis();
        }

        /** What its console and QEMU have said. */
        String said() {
            return said.toString(StandardCharsets.UTF_8) + qemu.errors();
        }

        /** Ends it, and waits until its TAP device is free again. */
        @Override
        public void close() {
            qemu.kill();
            try {
                qemu.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            qemu.close();
        }
    }
}
