package dev.ristretto.launcher.disk;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.qemu.QemuCommand;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A file that an image has as a disk.
 *
 * @param file     its content, byte for byte
 * @param readOnly whether the image cannot change it
 */
public record DiskFile(Path file, boolean readOnly) {
    private static final String READ_ONLY = ":ro";

    /** Reads {@code FILE} or {@code FILE:ro}. */
    public static DiskFile parse(String text) {
        boolean readOnly = text.endsWith(READ_ONLY);
        String file = readOnly ? text.substring(0, text.length() - READ_ONLY.length()) : text;
        if (file.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no file; as in notes.img, or notes.img:ro for reading only");
        }
        return new DiskFile(Path.of(file), readOnly);
    }

    /**
     * Objects to what this host cannot give.
     *
     * @throws LaunchException one sentence, and what to do
     */
    public void check() throws LaunchException {
        if (!Files.exists(file)) {
            throw new LaunchException("The disk " + file + " does not exist", "'ristretto disk create " + file + "' makes one.");
        }
        if (Files.isDirectory(file)) {
            throw new LaunchException(file + " is a folder, not a disk", "Name the file of a disk.");
        }
        if (!Files.isReadable(file) || !readOnly && !Files.isWritable(file)) {
            throw new LaunchException("The disk " + file + " may not be " + (Files.isReadable(file) ? "written" : "read") + " by you",
                    Files.isReadable(file) ? "Make it writable, or say " + file + READ_ONLY + " for reading only." : "See who owns it: ls -l " + file);
        }
    }

    /** A process's word for it; the process locks the file. Bytes that words cannot have, or that end a path, are written as {@code %XX}. */
    public String processWord() {
        StringBuilder word = new StringBuilder("ristretto.disk=");
        for (byte b : file.toAbsolutePath().toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")))) {
            if (b > ' ' && b < 127 && "%:\"'\\".indexOf(b) < 0) {
                word.append((char) b);
            } else {
                word.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return word.append(readOnly ? READ_ONLY : "").toString();
    }

    /** QEMU's words for it; {@code index} tells disks apart. */
    public List<String> qemuWords(int index, Machine machine) {
        String id = "disk" + index;
        // With the cache on, the host keeps what was written until the image asks for a flush, as a disk does; QEMU locks the file itself.
        return List.of("-drive", "if=none,id=" + id + ",format=raw,cache=writeback,discard=unmap" + (readOnly ? ",readonly=on" : "") + ",file="
                + QemuCommand.optionValue(file), "-device", (machine == Machine.MICROVM ? "virtio-blk-device" : "virtio-blk-pci") + ",drive=" + id);
    }
}
