package dev.ristretto.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes what Linux unpacks as its first root file system: a cpio archive, "new ASCII format" (Linux, buffer-format.rst). Device nodes need no
 * rights, since nothing but the archive holds them.
 */
final class Initramfs implements AutoCloseable {
    private static final int DIRECTORY = 0040755;
    private static final int CHARACTER_DEVICE = 0020600;
    private static final int PROGRAM = 0100755;
    private static final int ALIGNMENT = 4;
    /** What ends a signed module, after the signature and a structure of 12 bytes whose last four are its length (Linux, module_signature.h). */
    private static final byte[] SIGNED = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNATURE_INFO = 12;

    private final OutputStream out;
    private int files;

    Initramfs(Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    void directory(String name) throws IOException {
        entry(name, DIRECTORY, 0, 0, new byte[0]);
    }

    void characterDevice(String name, int major, int minor) throws IOException {
        entry(name, CHARACTER_DEVICE, major, minor, new byte[0]);
    }

    void program(String name, byte[] content) throws IOException {
        entry(name, PROGRAM, 0, 0, content);
    }

    /** A module without its signature, whose check takes a translated guest longer than to load the module. */
    void module(String name, byte[] content) throws IOException {
        int end = content.length - SIGNED.length;
        boolean signed = end > SIGNATURE_INFO && Arrays.equals(content, end, content.length, SIGNED, 0, SIGNED.length);
        program(name, signed ? Arrays.copyOf(content, end - SIGNATURE_INFO - ByteBuffer.wrap(content).getInt(end - Integer.BYTES)) : content);
    }

    private void entry(String name, int mode, int major, int minor, byte[] content) throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        int links = mode == DIRECTORY ? 2 : 1;
        int[] fields = {++files, mode, 0, 0, links, 0, content.length, 0, 0, major, minor, name.length() + 1, 0};
        entry.writeBytes("070701".getBytes(StandardCharsets.US_ASCII));
        for (int field : fields) {
            entry.writeBytes(String.format(Locale.ROOT, "%08X", field).getBytes(StandardCharsets.US_ASCII));
        }
        entry.writeBytes((name + "\0").getBytes(StandardCharsets.US_ASCII));
        align(entry);
        entry.writeBytes(content);
        align(entry);
        entry.writeTo(out);
    }

    private static void align(ByteArrayOutputStream entry) {
        entry.writeBytes(new byte[-entry.size() & (ALIGNMENT - 1)]);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            entry("TRAILER!!!", 0, 0, 0, new byte[0]);
        }
    }
}
