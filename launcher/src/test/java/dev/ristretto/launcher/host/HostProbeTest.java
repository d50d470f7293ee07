package dev.ristretto.launcher.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.qemu.QemuFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of several kinds, played by scripts before the real QEMU; a device that opens and does nothing stands for {@code /dev/kvm}. */
@Timeout(60)
class HostProbeTest {
    private static final Path DEVICE = Path.of("/dev/null");
    @TempDir
    Path directory;
    private Path real;

    @BeforeEach
    void findQemu() throws LaunchException {
        real = QemuFinder.find(System.getenv("PATH"));
    }

    /** A QEMU that logs each start and does {@code commands} first. */
    private Path qemu(String commands) throws Exception {
        Path script = directory.resolve("qemu");
        Files.writeString(script, "#!/bin/sh\necho \"$*\" >> '" + directory + "/log'\n" + commands + "\nexec '" + real + "' \"$@\"\n");
        assertTrue(script.toFile().setExecutable(true));
        return script;
    }

    private long starts() throws Exception {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private Host choose(Path qemu, Machine machine, Accelerator accelerator, Path device) throws Exception {
        return choose(qemu, machine, accelerator, device, Probe.KVM_TIMEOUT);
    }

    private Host choose(Path qemu, Machine machine, Accelerator accelerator, Path device, Duration timeout) throws Exception {
        return new HostProbe(directory.resolve("cache"), device, timeout).choose(qemu, machine, accelerator);
    }

    @Test
    void withoutADeviceTheTranslatorIsUsedAndKvmNotTried() throws Exception {
        Host host = choose(qemu(""), null, Accelerator.AUTO, directory.resolve("kvm"));
        assertEquals(Accelerator.TCG, host.accelerator());
        assertEquals(Machine.MICROVM, host.machine());
        assertTrue(host.description().contains("not offered by this host"), host.description());
        assertEquals(1, starts());
    }

    @Test
    void aKvmThatNeverGetsAnywhereIsGivenUpAndRemembered() throws Exception {
        Path qemu = qemu("case \"$*\" in *'-accel kvm'*) exec sleep 100;; esac");
        long before = System.nanoTime();
        Host host = choose(qemu, null, Accelerator.AUTO, DEVICE);
        assertTrue(System.nanoTime() - before < 20e9);
        assertEquals(Accelerator.TCG, host.accelerator());
        assertTrue(host.fresh());
        assertEquals("microvm, TCG (translated); KVM does not get a guest started", host.description());
        assertEquals(2, starts());
        Host again = choose(qemu, null, Accelerator.AUTO, DEVICE);
        assertEquals(host.description(), again.description());
        assertFalse(again.fresh());
        assertEquals(2, starts());
    }

    @Test
    void aKvmThatAbortsIsGivenUp() throws Exception {
        Host host = choose(qemu("case \"$*\" in *'-accel kvm'*) echo 'failed to set MSR' >&2; kill -ABRT $$;; esac"), null,
                Accelerator.AUTO, DEVICE);
        assertEquals("microvm, TCG (translated); KVM fails: failed to set MSR", host.description());
    }

    @Test
    void aKvmThatCrawlsIsGivenUp() throws Exception {
        // one byte on the debug console, as from a guest that has started, and nothing more
        Host host = choose(qemu("case \"$*\" in *'-accel kvm'*) printf S; exec sleep 100;; esac"), null, Accelerator.AUTO, DEVICE);
        assertEquals("microvm, TCG (translated); KVM runs guest code too slowly to be of use", host.description());
    }

    @Test
    void aKvmThatWorksIsUsed() throws Exception {
        // the translator under KVM's name: it keeps up with the probe
        Path qemu = qemu("exec '" + real + "' $(echo \"$*\" | sed 's/-accel kvm/-accel tcg/; s/-cpu host/-cpu max/')");
        Host host = choose(qemu, null, Accelerator.AUTO, DEVICE, Duration.ofSeconds(50)); // on a busy host, too
        assertEquals(Accelerator.KVM, host.accelerator());
        assertEquals("microvm, KVM", host.description());
        assertEquals(1, starts());
    }

    @Test
    void kvmAskedForAndNotThereIsAnError() {
        LaunchException e = assertThrows(LaunchException.class, () -> choose(real, null, Accelerator.KVM, directory.resolve("kvm")));
        assertTrue(e.getMessage().startsWith("KVM was asked for and is not offered"), e.getMessage());
    }

    @Test
    void aQemuWithoutMicrovmGetsAnotherMachine() throws Exception {
        Path qemu = qemu("case \"$*\" in *microvm*) echo 'qemu: unsupported machine type' >&2; exit 1;; esac");
        assertEquals(Machine.Q35, choose(qemu, null, Accelerator.TCG, DEVICE).machine());
        LaunchException e = assertThrows(LaunchException.class, () -> choose(qemu, Machine.MICROVM, Accelerator.TCG, DEVICE));
        assertTrue(e.getMessage().contains("unsupported machine type"), e.getMessage());
    }

    @Test
    void aReplacedQemuIsProbedAgain() throws Exception {
        choose(qemu(""), null, Accelerator.TCG, DEVICE);
        choose(qemu("# a newer one"), null, Accelerator.TCG, DEVICE);
        assertEquals(2, starts());
    }

    @Test
    void aDamagedMemoryIsFoundOutAgain() throws Exception {
        Path qemu = qemu("");
        choose(qemu, null, Accelerator.TCG, DEVICE);
        try (var files = Files.list(directory.resolve("cache"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, Files.readString(file).replaceAll("(?m)^(.*\\.cpu=).*$", "$1xyz"));
            }
        }
        assertEquals(List.of(), choose(qemu, null, Accelerator.TCG, DEVICE).cpu().missing(List.of("sse2")));
        assertEquals(2, starts());
    }

    @Test
    void theTranslatorHasThePsabiLevelItsVersionPromises() throws Exception {
        Host host = choose(real, null, Accelerator.TCG, DEVICE);
        assertEquals(List.of(), host.cpu().missing(List.of("x86-64-v2", "SSE4_1", "lzcnt", "a-word-nobody-knows")));
        assertEquals(List.of("avx512f"), host.cpu().missing(List.of("avx512f")));
    }
}
