package dev.ristretto.bench;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.console.DebugConsole;
import dev.ristretto.launcher.disk.DiskFile;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A guest as it is started, each with the same QEMU, machine, accelerator and processor.
 *
 * @param name  in tables
 * @param tap   its network, null if it has none
 * @param words QEMU's for what it is given
 */
record Guest(String name, Tap tap, List<String> words) {
    /** An image of ours, with a network. */
    static Guest image(String name, Path image, Tap tap, String systemWords) {
        return new Guest(name, tap, with(imageWords(image, systemWords + " ip=" + tap.guestAddress() + "/24 gateway=" + tap.hostAddress()), tap.words()));
    }

    /** An image of ours, with a disk. */
    static Guest image(String name, Path image, DiskFile disk, String arguments) {
        return new Guest(name, null, with(imageWords(image, "-- " + arguments), disk.qemuWords(0, Machine.MICROVM)));
    }

    private static List<String> imageWords(Path image, String words) {
        Instant now = Instant.now();
        return List.of("-kernel", image.toString(), "-append", "ristretto.epoch=" + (now.getEpochSecond() * 1_000_000_000L + now.getNano()) + " " + words);
    }

    /** Linux and a JVM with a web server. */
    static Guest linux(String name, Path folder, Tap tap, String javaOptions) throws IOException {
        return new Guest(name, tap, with(LinuxGuest.serverWords(folder, tap, javaOptions), tap.words()));
    }

    /** Linux and a JVM with work for a disk. */
    static Guest linux(String name, Path folder, DiskFile disk, String arguments) throws IOException {
        return new Guest(name, null, with(LinuxGuest.diskWorkWords(folder, arguments), disk.qemuWords(0, Machine.MICROVM)));
    }

    private static List<String> with(List<String> words, List<String> more) {
        return Stream.concat(words.stream(), more.stream()).toList();
    }

    /** Starts it. */
    Running start(int memoryMib) throws IOException, InterruptedException {
        QemuCommand command = new QemuCommand(QemuFinder.onPath(QemuFinder.PROGRAM, System.getenv("PATH")), Machine.MICROVM, Accelerator.TCG,
                memoryMib).add(words);
        return new Running(this, QemuProcess.start(command, new DebugConsole()));
    }

    /** A guest that was started; it ends when this is closed. */
    static final class Running implements AutoCloseable {
        /** How often to look whether all was read, which nobody says. */
        private static final int LOOK_MILLIS = 500;

        private final Guest guest;
        private final QemuProcess qemu;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final Thread reader;

        private Running(Guest guest, QemuProcess qemu) {
            this.guest = guest;
            this.qemu = qemu;
            reader = Thread.ofPlatform().daemon().name("console of " + guest.name).start(this::read);
        }

        private void read() {
            byte[] piece = new byte[4096];
            try (InputStream console = qemu.serialOutput()) {
                for (int got = console.read(piece); got >= 0; got = console.read(piece)) {
                    hear(piece, got);
                }
            } catch (IOException e) {
                hear(piece, 0); // it has ended
            }
        }

        private synchronized void hear(byte[] piece, int length) {
            said.write(piece, 0, length);
            notifyAll();
        }

        /**
         * Waits until its console has said something.
         *
         * @return milliseconds from the start of QEMU
         * @throws IOException if it ends before, or does not say so in time
         */
        synchronized double awaitSaid(String what, int limitSeconds) throws IOException, InterruptedException {
            while (!said.toString(StandardCharsets.UTF_8).contains(what)) {
                long millis = TimeUnit.SECONDS.toMillis(limitSeconds) - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos());
                if (millis <= 0 || !reader.isAlive()) { // which has read everything once QEMU has ended
                    throw new IOException(guest.name + " did not say \"" + what + "\" but:\n" + said());
                }
                wait(Math.min(millis, LOOK_MILLIS));
            }
            return (System.nanoTime() - startNanos()) / 1e6;
        }

        /**
         * Waits until it ends by itself.
         *
         * @throws IOException if it does not in time
         */
        void awaitEnd(int limitSeconds) throws IOException, InterruptedException {
            if (!qemu.endsWithin(TimeUnit.SECONDS.toMillis(limitSeconds))) {
                throw new IOException(guest.name + " does not end; it said:\n" + said());
            }
            reader.join();
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

        /** Ends it, and waits until its TAP device or its disk is free again. */
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
