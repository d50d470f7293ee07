package dev.ristretto.launcher.share;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.qemu.QemuCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder of this host that an image sees.
 *
 * @param folder   the folder
 * @param place    absolute path where the program finds it
 * @param readOnly whether the image cannot change it
 */
public record FolderShare(Path folder, String place, boolean readOnly) {
    private static final String READ_ONLY = ":ro";
    private static final String PLACE = ":/";
    private static final String DEFAULT_PLACE = "/share";
    /** Characters that need no quotes anywhere, and no more than fit into QEMU's mount tag (31 bytes) with {@value #READ_ONLY} behind them. */
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._+@-]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");
    private static final int LONGEST_PLACE = 28;
    /** Directories of every image, and those of disks. */
    private static final Pattern TAKEN = Pattern.compile("/(app|dev|tmp|data\\d*)(/.*)?");

    /**
     * Reads {@code DIR[:/PLACE][:ro]} for each. Those without a place are {@value #DEFAULT_PLACE}, further ones {@code /share2} and so on.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static List<FolderShare> parse(List<String> texts) {
        List<FolderShare> shares = new ArrayList<>();
        int unplaced = 0;
        for (String text : texts) {
            boolean readOnly = text.endsWith(READ_ONLY);
            String rest = readOnly ? text.substring(0, text.length() - READ_ONLY.length()) : text;
            int colon = rest.lastIndexOf(PLACE);
            String folder = colon < 0 ? rest : rest.substring(0, colon);
            if (folder.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' names no folder; as in ./site, ./site:/www, or ./site:ro for reading only");
            }
            String place = colon >= 0 ? rest.substring(colon + 1) : ++unplaced == 1 ? DEFAULT_PLACE : DEFAULT_PLACE + unplaced;
            shares.add(new FolderShare(Path.of(folder), place, readOnly));
        }
        for (int i = 0; i < shares.size(); i++) {
            shares.get(i).checkPlace(shares.subList(0, i));
        }
        return shares;
    }

    private void checkPlace(List<FolderShare> before) {
        if (!PLAIN.matcher(place).matches() || DOTS.matcher(place).matches() || place.length() > LONGEST_PLACE) {
            throw new IllegalArgumentException(folder + " cannot be shared as " + place + ": a place is an absolute path of " + LONGEST_PLACE
                    + " characters at most, letters, digits and . _ + @ - only, as in --share " + folder + ":/src");
        }
        if (TAKEN.matcher(place).matches()) {
            throw new IllegalArgumentException(folder + " cannot be shared as " + place + ", which every image uses itself (/app, /dev, /tmp and /data, "
                    + "/data2... are taken); say where, as in --share " + folder + ":/src");
        }
        for (FolderShare other : before) {
            if ((place + "/").startsWith(other.place + "/") || (other.place + "/").startsWith(place + "/")) {
                throw new IllegalArgumentException(folder + " cannot be shared as " + place + ", because " + other.folder + " is "
                        + (place.equals(other.place) ? "there already" : "shared as " + other.place) + "; give each a place of its own, as in --share "
                        + folder + ":/other");
            }
        }
    }

    /**
     * Objects to what this host cannot give.
     *
     * @throws LaunchException one sentence, and what to do
     */
    public void check() throws LaunchException {
        if (!Files.exists(folder)) {
            throw new LaunchException("The folder " + folder + " does not exist", "Make it: mkdir -p " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new LaunchException(folder + " is no folder", "--files seals single files into an image that is built; --disk is for disks.");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new LaunchException("The folder " + folder + " may not be read by you", "See who owns it: ls -ld " + folder);
        }
    }

    /** What the image is told of it: the place, and {@value #READ_ONLY} if it cannot be changed. */
    public String tag() {
        return place + (readOnly ? READ_ONLY : "");
    }

    /** QEMU's words for it; {@code index} tells folders apart. */
    public List<String> qemuWords(int index, Machine machine) {
        String id = "share" + index;
        // Files are QEMU's user's as they are ("none"); numbers of files stay apart where other file systems are mounted below the folder ("remap").
        return List.of("-fsdev", "local,id=" + id + ",security_model=none,multidevs=remap" + (readOnly ? ",readonly=on" : "") + ",path="
                + QemuCommand.optionValue(folder), "-device",
                (machine == Machine.MICROVM ? "virtio-9p-device" : "virtio-9p-pci") + ",fsdev=" + id + ",mount_tag=" + tag());
    }
}
