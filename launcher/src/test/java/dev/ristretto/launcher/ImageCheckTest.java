package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.host.CpuFeatures;
import dev.ristretto.launcher.host.Host;
import dev.ristretto.launcher.image.ImageFile;
import dev.ristretto.launcher.share.FolderShare;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageCheckTest {
    @TempDir
    Path directory;

    private LaunchException refusal(Path file, int memoryMib) {
        // A hypervisor that does not exist: the refusal has to come before anything is started.
        LaunchOptions options = LaunchOptions.builder().memoryMib(memoryMib).qemu(directory.resolve("none"))
                .cacheDirectory(directory).build();
        LaunchException e = assertThrows(LaunchException.class, () -> new Launcher().run(file, options));
        assertFalse(e.hint().isEmpty());
        return e;
    }

    private LaunchException refusal(String manifest, int memoryMib) throws Exception {
        return refusal(TestGuests.write(directory, new GuestCode().debugExit(0), manifest), memoryMib);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "format=1      | format=2             | manifest of format '2'",
        "format=1      | other=1              | manifest of format ''",
        "x86_64-bare   | arm64-bare           | made for the machine 'arm64-bare'",
        "devices=serial| devices=serial,warp  | needs a device this version cannot give it: warp",
        "mib=24        | mib=1000             | needs at least 1000 MiB of memory and would be given 128",
        "mib=24        | mib=lots             | min-memory-mib is 'lots'"})
    void whatTheManifestAsksForAndCannotHaveIsRefused(String from, String to, String message) throws Exception {
        String text = refusal(TestGuests.MANIFEST.replace(from, to), 128).getMessage();
        assertTrue(text.contains(message), text);
    }

    private String refusalAsProcess(LaunchOptions.Builder options, String manifest) throws Exception {
        Path file = TestGuests.write(directory, new GuestCode().debugExit(0), manifest);
        LaunchException e = assertThrows(LaunchException.class, () -> new Launcher().run(file, options.runsOn(RunsOn.PROCESS).build()));
        return e.getMessage() + "; " + e.hint();
    }

    @Test
    void aProcessIsMadeOnlyOfImagesThatSaySoAndWithoutOptionsOfQemu() throws Exception {
        String manifest = TestGuests.MANIFEST.replace("x86_64-bare", "x86_64-bare,x86_64-process");
        assertTrue(refusalAsProcess(LaunchOptions.builder(), TestGuests.MANIFEST)
                .contains("made for the machine 'x86_64-bare', not for x86_64-process"));
        assertTrue(refusalAsProcess(LaunchOptions.builder().memoryMib(23), manifest).contains("needs at least 24 MiB"));
        assertTrue(refusalAsProcess(LaunchOptions.builder().gdbPort(1234), manifest).contains("gdb --args"));
        assertTrue(refusalAsProcess(LaunchOptions.builder().machine(Machine.Q35), manifest).contains("Say --on qemu"));
        // its file is not executable, which is as far as a guest for bare hardware gets
        assertTrue(refusalAsProcess(LaunchOptions.builder(), manifest).contains("must be executable"));
    }

    private LaunchException refusalOf(RunsOn runsOn, LaunchOptions.Builder options, String manifest) throws Exception {
        Path file = TestGuests.write(directory, new GuestCode().debugExit(0), manifest);
        options.runsOn(runsOn).cacheDirectory(directory);
        LaunchOptions built = runsOn == RunsOn.PROCESS ? options.build() : options.qemu(directory.resolve("none")).build();
        return assertThrows(LaunchException.class, () -> new Launcher().run(file, built));
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void disksAreForImagesThatHoldADriver(RunsOn runsOn) throws Exception {
        String manifest = TestGuests.MANIFEST.replace("x86_64-bare", "x86_64-bare,x86_64-process");
        LaunchOptions.Builder options = LaunchOptions.builder().disks(List.of(new DiskFile(directory.resolve("a.img"), false)));
        LaunchException e = refusalOf(runsOn, options, manifest);
        assertTrue(e.getMessage().contains("has no use for the disk") && e.hint().equals("Leave --disk out."), e.getMessage());
        assertTrue(refusalOf(runsOn, options, manifest.replace("devices=serial", "devices=serial,disk")).getMessage().endsWith("a.img does not exist"));
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU", "PROCESS"})
    void foldersAreForImagesThatHoldADriver(RunsOn runsOn) throws Exception {
        String manifest = TestGuests.MANIFEST.replace("x86_64-bare", "x86_64-bare,x86_64-process");
        LaunchOptions.Builder options = LaunchOptions.builder().shares(List.of(new FolderShare(directory.resolve("a"), "/share", false)));
        LaunchException e = refusalOf(runsOn, options, manifest);
        assertTrue(e.getMessage().contains("has no use for the folder") && e.hint().equals("Leave --share out."), e.getMessage());
        assertTrue(refusalOf(runsOn, options, manifest.replace("devices=serial", "devices=serial,share")).getMessage().endsWith("a does not exist"));
    }

    @Test
    void theLeastMemoryIsEnough() throws Exception {
        assertTrue(refusal(TestGuests.MANIFEST, 23).getMessage().contains("24 MiB"));
        String text = refusal(TestGuests.MANIFEST, 24).getMessage();
        assertTrue(text.contains("none cannot start a guest"), text);
    }

    @Test
    void anElfFileWithoutAManifestIsRefused() throws Exception {
        assertTrue(refusal((String) null, 128).getMessage().contains("without a Ristretto manifest"));
    }

    @Test
    void filesThatAreNoImagesAreRefused() throws Exception {
        assertTrue(refusal(directory.resolve("absent.elf"), 128).getMessage().contains("There is no image"));
        assertTrue(refusal(directory, 128).getMessage().contains("is a directory"));
        assertTrue(refusal(Files.writeString(directory.resolve("short"), "x"), 128).getMessage().contains("1 bytes long"));
        assertTrue(refusal(Files.writeString(directory.resolve("text"), "x".repeat(5000)), 128).getMessage().contains("not an ELF file"));
        assertTrue(refusal(Path.of("/bin/true"), 128).getMessage().contains("not an executable for bare x86-64"));
    }

    @Test
    void missingProcessorFeaturesAreNamed() throws Exception {
        ImageCheck check = new ImageCheck(ImageFile.read(TestGuests.write(directory, new GuestCode().halt())), false);
        int[] words = {7, -1, -1, -1 & ~(1 << 5), -1, -1, -1, -1}; // all but AVX2
        Host host = new Host(directory, Machine.MICROVM, Accelerator.TCG, "", CpuFeatures.ofWords(words), false);
        LaunchException e = assertThrows(LaunchException.class, () -> check.fits(host));
        assertTrue(e.getMessage().endsWith(": avx2"), e.getMessage());
        words[3] = -1;
        check.fits(new Host(directory, Machine.MICROVM, Accelerator.TCG, "", CpuFeatures.ofWords(words), false));
    }

    @Test
    void aMissingHypervisorIsReportedWithTheCommandThatInstallsIt() {
        LaunchException e = assertThrows(LaunchException.class, () -> dev.ristretto.launcher.qemu.QemuFinder.find(directory + ":"));
        assertEquals("Type: apt-get install -y --no-install-recommends qemu-system-x86", e.hint());
    }
}
