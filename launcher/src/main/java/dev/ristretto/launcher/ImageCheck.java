package dev.ristretto.launcher;

import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.host.Host;
import dev.ristretto.launcher.image.ImageFile;
import dev.ristretto.launcher.image.ImageManifest;
import dev.ristretto.launcher.share.FolderShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds what an image's manifest asks for against what it would be given; each objection is one sentence. */
final class ImageCheck {
    /** Machine of images that start in QEMU, and of those that start as a process. */
    private static final String BARE = "x86_64-bare";
    private static final String PROCESS = "x86_64-process";
    /** Device of images that can use a network; they start without one too. */
    private static final String NETWORK = "network";
    /** Device of images that can use disks; likewise. */
    private static final String DISK = "disk";
    /** Device of images that can use folders of the host; likewise. */
    private static final String SHARE = "share";
    /** Devices that a guest started here can have. */
    private static final Set<String> DEVICES = Set.of("serial", NETWORK, DISK, SHARE);

    private final ImageFile file;
    private final ImageManifest manifest;

    /**
     * Checks what does not depend on the host.
     *
     * @param asProcess whether it is to run as a process
     * @throws LaunchException if the file has no manifest, or one that asks for things unknown here
     */
    ImageCheck(ImageFile file, boolean asProcess) throws LaunchException {
        this.file = file;
        manifest = file.manifest().orElseThrow(() -> new LaunchException(file.path() + " is an ELF file without a Ristretto manifest",
                "Name an image file that 'ristretto build' wrote."));
        if (!manifest.format().equals(ImageManifest.FORMAT)) {
            throw new LaunchException(file.path() + " has a manifest of format '" + manifest.format() + "'; this version reads format "
                    + ImageManifest.FORMAT, "Build it again, or start it with the version of Ristretto that built it.");
        }
        String machine = asProcess ? PROCESS : BARE;
        if (!manifest.machines().contains(machine)) {
            throw new LaunchException(file.path() + " is made for the machine '" + manifest.value("machine") + "', not for " + machine,
                    "Build it again for " + machine + ".");
        }
        if (!asProcess && file.pvhEntry().isEmpty()) {
            throw new LaunchException(file.path() + " has no PVH entry, so no hypervisor can enter it", "Build it again.");
        }
        List<String> unknown = new ArrayList<>(manifest.devices());
        unknown.removeAll(DEVICES);
        if (!unknown.isEmpty()) {
            throw new LaunchException(file.path() + " needs a device this version cannot give it: " + String.join(", ", unknown),
                    "Start it with the version of Ristretto that built it.");
        }
    }

    /** Whether the image says that it can be a process. */
    static boolean runsAsProcess(ImageFile file) throws LaunchException {
        return file.manifest().map(manifest -> manifest.machines().contains(PROCESS)).orElse(false);
    }

    /** Whether the image holds drivers of network cards, so that a card is of use to it. */
    static boolean wantsNetwork(ImageFile file) throws LaunchException {
        return file.manifest().map(manifest -> manifest.devices().contains(NETWORK)).orElse(false);
    }

    /** Objects to disks that the image would not see. */
    void fits(List<DiskFile> disks) throws LaunchException {
        if (!disks.isEmpty() && !manifest.devices().contains(DISK)) {
            throw new LaunchException(file.path() + " has no use for the disk " + disks.getFirst().file()
                    + ": nothing in its program opens files for writing, or with java.nio.file.Files, so that no driver is in it",
                    "Leave --disk out.");
        }
    }

    /** Objects to folders that the image would not see. */
    void canShare(List<FolderShare> shares) throws LaunchException {
        if (!shares.isEmpty() && !manifest.devices().contains(SHARE)) {
            throw new LaunchException(file.path() + " has no use for the folder " + shares.getFirst().folder()
                    + ": nothing in its program opens files, so that no driver is in it", "Leave --share out.");
        }
    }

    /** Objects to too little memory. */
    void fits(int memoryMib) throws LaunchException {
        int least;
        try {
            least = manifest.minMemoryMib();
        } catch (NumberFormatException e) {
            throw new LaunchException(file.path() + " has a damaged manifest: min-memory-mib is '" + manifest.value("min-memory-mib") + "'",
                    "Build it again.", e);
        }
        if (memoryMib < least) {
            throw new LaunchException(file.path() + " needs at least " + least + " MiB of memory and would be given " + memoryMib,
                    "Say --memory " + least + " or more.");
        }
    }

    /** Objects to a processor without features that the image's code uses. */
    void fits(Host host) throws LaunchException {
        List<String> missing = host.cpu().missing(manifest.cpuFeatures());
        if (!missing.isEmpty()) {
            throw new LaunchException(file.path() + " needs processor features that " + host.description() + " does not have: "
                    + String.join(", ", missing), host.accelerator() == Accelerator.TCG
                    ? "QEMU 7.2 or newer translates all of x86-64-v3; with an older one use a host with KVM."
                    : "Say --accel tcg, or build the image for an older processor.");
        }
    }
}
