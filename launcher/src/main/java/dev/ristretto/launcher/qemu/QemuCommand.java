package dev.ristretto.launcher.qemu;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A QEMU command line, begun with what every guest of ours gets: the machine model stripped of what images do not use, one processor, no
 * default devices, no display, the debug-exit device.
 *
 * <p>Measured with QEMU 7.2 on a guest of two instructions, from starting QEMU to its end, translated: {@code microvm} 30 ms, {@code pc}
 * and {@code q35} 39 ms with qboot (73 and 83 ms with SeaBIOS, the default). Leaving ACPI out of {@code microvm} would save 4 ms, and
 * its power button with it.
 */
public final class QemuCommand {
    /** The longest kernel command line in bytes; one argument of a Linux process is limited to 128 KiB. */
    public static final int MAX_COMMAND_LINE = 120_000;
    /** The longest kernel command line in bytes that SeaBIOS's loader copies without overwriting itself. */
    public static final int MAX_COMMAND_LINE_SEABIOS = 4_000;

    private static final String QBOOT = "qboot.rom";
    private static final List<String> FIRMWARE_DIRECTORIES = List.of("/usr/share/qemu", "/usr/share/qboot", "/usr/local/share/qemu");

    private final List<String> words = new ArrayList<>();
    private final boolean fastFirmware;

    /**
     * @param qemu the program
     * @param accelerator KVM or TCG
     * @param memoryMib the guest's memory in MiB
     */
    public QemuCommand(Path qemu, Machine machine, Accelerator accelerator, int memoryMib) {
        add(qemu.toString());
        add("-M", machine == Machine.MICROVM
                // ACPI for the power button, the real-time clock for the date; the APICs make the older interrupt controller and timer
                // superfluous. QEMU must not append virtio words to the command line: they would follow "--" and become program arguments.
                ? "microvm,acpi=on,rtc=on,pit=off,pic=off,x-option-roms=off,auto-kernel-cmdline=off"
                : machine.word() + ",usb=off,vmport=off");
        Path qboot = machine == Machine.MICROVM ? null : qboot(qemu);
        if (qboot != null) {
            add("-bios", qboot.toString());
        }
        fastFirmware = machine == Machine.MICROVM || qboot != null;
        add("-accel", accelerator.word(), "-cpu", accelerator == Accelerator.KVM ? "host" : "max");
        // A second processor that is never plugged in keeps TCG from dropping the guest's memory barriers, as it does for -smp 1.
        add("-smp", "1,maxcpus=2", "-m", memoryMib + "M");
        add("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot");
        add("-device", "isa-debug-exit,iobase=0xf4,iosize=1");
    }

    /** Appends words. */
    public QemuCommand add(String... more) {
        words.addAll(List.of(more));
        return this;
    }

    /** Appends words. */
    public QemuCommand add(List<String> more) {
        words.addAll(more);
        return this;
    }

    /**
     * Adds a network card, behind which QEMU plays router, DHCP server and name server.
     *
     * @param forwards ports that QEMU listens at, each a setting of its user network
     */
    public QemuCommand addUserNetwork(Machine machine, List<String> forwards) {
        List<String> settings = new ArrayList<>(List.of("user", "id=net0"));
        settings.addAll(forwards);
        // No option ROM: nobody boots from the network, and Debian has them in a package of their own.
        String card = machine == Machine.MICROVM ? "virtio-net-device" : "virtio-net-pci,disable-legacy=on,romfile=";
        if (machine == Machine.MICROVM) {
            // For compatibility with guests of long ago, QEMU's devices in memory speak virtio 0.9 unless told.
            add("-global", "virtio-mmio.force-legacy=off");
        }
        return add("-netdev", String.join(",", settings), "-device", card + ",netdev=net0");
    }

    /** The longest kernel command line, in bytes, that arrives whole in the guest. */
    public int maxCommandLine() {
        return fastFirmware ? MAX_COMMAND_LINE : MAX_COMMAND_LINE_SEABIOS;
    }

    /** The command, program first. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** A value for a {@code key=value,...} option: QEMU wants commas doubled. */
    public static String optionValue(Path path) {
        return path.toString().replace(",", ",,");
    }

    private static Path qboot(Path qemu) {
        Path prefix = qemu.toAbsolutePath().getParent();
        prefix = prefix == null ? null : prefix.getParent();
        Path beside = prefix == null ? null : prefix.resolve("share/qemu").resolve(QBOOT);
        if (beside != null && Files.isReadable(beside)) {
            return beside;
        }
        return FIRMWARE_DIRECTORIES.stream().map(directory -> Path.of(directory, QBOOT)).filter(Files::isReadable).findFirst().orElse(null);
    }
}
