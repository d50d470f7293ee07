package dev.ristretto.launcher.host;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.qemu.QemuCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Boots {@link ProbeGuest} once. That a device opens says little: there are hosts whose {@code /dev/kvm} opens and then aborts QEMU, or
 * emulates guest code instruction by instruction, a thousand times slower than the translator. A loop that has to end in time tells the
 * truth.
 */
final class Probe {
    /** 20 million rounds: about 10 ms where the processor runs the guest itself, 70 ms translated, minutes where each one is emulated. */
    private static final int KVM_ITERATIONS = 20_000_000;
    /** How long KVM is given where nothing else is said. */
    static final Duration KVM_TIMEOUT = Duration.ofMillis(1000);
    private static final Duration TCG_TIMEOUT = Duration.ofSeconds(20);

    /**
     * What came out.
     *
     * @param words CPUID words, null if the guest did not get that far
     * @param problem why this accelerator or machine is of no use, null if it is
     * @param unknownMachine whether the problem is that this QEMU has no such machine model
     */
    record Result(int[] words, String problem, boolean unknownMachine) {
        boolean works() {
            return problem == null;
        }
    }

    private final Path qemu;
    private final Duration kvmTimeout;

    Probe(Path qemu, Duration kvmTimeout) {
        this.qemu = qemu;
        this.kvmTimeout = kvmTimeout;
    }

    Result run(Machine machine, Accelerator accelerator) throws InterruptedException {
        try {
            Path elf = Files.createTempFile("ristretto-probe", ".elf");
            try {
                Files.write(elf, ProbeGuest.elf(accelerator == Accelerator.KVM ? KVM_ITERATIONS : 1));
                return boot(elf, machine, accelerator);
            } finally {
                Files.deleteIfExists(elf);
            }
        } catch (IOException e) {
            return new Result(null, "could not be tried: " + e.getMessage(), false);
        }
    }

    private Result boot(Path elf, Machine machine, Accelerator accelerator) throws IOException, InterruptedException {
        List<String> command = new QemuCommand(qemu, machine, accelerator, 32).add("-kernel", elf.toString())
                .add("-chardev", "stdio,id=probe,signal=off").add("-device", "isa-debugcon,iobase=0xe9,chardev=probe").words();
        Process process = new ProcessBuilder(command).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> output = read(process.getInputStream());
            CompletableFuture<byte[]> errors = read(process.getErrorStream());
            Duration limit = accelerator == Accelerator.KVM ? kvmTimeout : TCG_TIMEOUT;
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly(); // not the Process's own method: that one closes the streams before they are read
            byte[] bytes = output.join();
            String message = new String(errors.join(), StandardCharsets.UTF_8).strip();
            int[] words = words(bytes);
            if (ended && bytes.length == ProbeGuest.OUTPUT_SIZE && bytes[bytes.length - 1] == ProbeGuest.ENDED) {
                return new Result(words, null, false);
            }
            if (!ended) {
                return new Result(words, bytes.length > 0 ? "runs guest code too slowly to be of use" : "does not get a guest started",
                        false);
            }
            return new Result(words, "fails: " + firstLine(message, process.exitValue()), message.contains("unsupported machine type"));
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    private static int[] words(byte[] output) {
        if (output.length < ProbeGuest.OUTPUT_SIZE - 1) {
            return null;
        }
        int[] words = new int[CpuFeatures.WORDS];
        ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN).position(1).slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static String firstLine(String message, int status) {
        return message.isEmpty() ? "QEMU ended with status " + status
                : message.lines().findFirst().orElseThrow().replaceFirst("^\\S*qemu\\S*: (error: )?", "");
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                all.complete(stream.readAllBytes());
            } catch (IOException e) {
                all.complete(new byte[0]); // the process was ended while its stream was read
            }
        });
        return all;
    }
}
