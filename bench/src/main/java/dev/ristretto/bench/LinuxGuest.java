package dev.ristretto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Linux with a JVM, the way it starts fastest: an uncompressed kernel, a first program that loads the drivers, and a disk with a JVM and a jar. */
final class LinuxGuest {
    private static final List<String> MODULES = List.of("virtio_ring", "virtio", "virtio_mmio", "failover", "net_failover", "virtio_net", "virtio_blk");
    /**
     * Nothing said while it boots, no defences against the processor's flaws, no self-tests; one processor, known when locks are chosen. The
     * machine has no timer that Linux could measure the processor's clock with, so it is told: TCG hands the host's through.
     */
    private static final String KERNEL_WORDS = "console=ttyS0 quiet loglevel=1 panic=-1 mitigations=off nokaslr random.trust_cpu=on audit=0 "
            + "apparmor=0 cryptomgr.notests rcupdate.rcu_expedited=1 init_on_alloc=0 nr_cpus=1 tsc=reliable tsc_early_khz=%d %s "
            + "java=\"%s\"";
    /** Without AVX the JVM starts up to a tenth sooner here: fewer and simpler pieces of code to make, and for QEMU to translate. */
    private static final String JAVA_WORDS = "-XX:UseAVX=0 -XX:+UseSerialGC -XX:-UsePerfData -XX:-UseContainerSupport -XX:AOTCache=/app.aot ";

    private LinuxGuest() { }

    /**
     * Writes the first root file system.
     *
     * @param folder where it goes to, and where the packages of kernel and busybox were unpacked
     * @param init the first program
     */
    static void pack(Path folder, Path init) throws IOException {
        try (Initramfs to = new Initramfs(folder.resolve("initramfs"));
                Stream<Path> files = Files.walk(folder.resolve("packages/lib/modules"))) {
            for (String directory : List.of("dev", "root", "bin", "modules")) {
                to.directory(directory);
            }
            to.characterDevice("dev/console", 5, 1); // Linux, devices.txt
            to.program("bin/busybox", Files.readAllBytes(folder.resolve("packages/bin/busybox")));
            to.program("init", Files.readAllBytes(init));
            List<Path> all = files.toList();
            for (String module : MODULES) {
                Path file = all.stream().filter(path -> path.endsWith(module + ".ko")).findFirst()
                        .orElseThrow(() -> new IOException("the kernel's package has no module " + module));
                to.module("modules/" + module + ".ko", Files.readAllBytes(file));
            }
        }
    }

    /** QEMU's words for a web server. */
    static List<String> serverWords(Path folder, Tap tap, String javaOptions) throws IOException {
        return words(folder, "served.ext4", "address=" + tap.guestAddress() + "/24 gateway=" + tap.hostAddress(),
                javaOptions + " -cp /app.jar dev.ristretto.bench.guest.Served");
    }

    /** QEMU's words for the work with files; a second disk, which the caller adds, is mounted at {@code /data}. */
    static List<String> diskWorkWords(Path folder, String arguments) throws IOException {
        return words(folder, "disk-work.ext4", "data=/dev/vdb", "-cp /app.jar:/h2.jar dev.ristretto.bench.disk.DiskWork " + arguments);
    }

    private static List<String> words(Path folder, String root, String initWords, String javaWords) throws IOException {
        return List.of("-kernel", folder.resolve("vmlinux").toString(), "-initrd", folder.resolve("initramfs").toString(),
                "-append", String.format(Locale.ROOT, KERNEL_WORDS, clockKhz(), initWords, JAVA_WORDS + javaWords),
                "-drive", "if=none,id=root,format=raw,readonly=on,file=" + folder.resolve(root), "-device", "virtio-blk-device,drive=root");
    }

    /** Of the time stamp counter, which "bogomips" is twice of, in MHz, where Linux delays with it. */
    private static long clockKhz() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("bogomips"))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()) * 500)).findFirst().orElseThrow();
    }
}
