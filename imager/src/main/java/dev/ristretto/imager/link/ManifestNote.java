package dev.ristretto.imager.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the note that carries an image's {@link Manifest}, and reads it from an image. */
public final class ManifestNote {
    /** Owner of the note. */
    public static final String OWNER = "Ristretto";
    /** Type of the note. */
    public static final int TYPE = 1;
    /** Name of the note's section. */
    public static final String SECTION = ".note.ristretto";

    private ManifestNote() {
    }

    /** The note, a multiple of 4 bytes. */
    static byte[] write(Manifest manifest) {
        return ElfNote.note(OWNER, TYPE, manifest.text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the manifest of an image.
     *
     * @param image the ELF file's bytes
     * @throws LinkException if it is not an ELF64 file or carries no manifest that can be read
     */
    public static Manifest read(byte[] image) throws LinkException {
        ByteBuffer file = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if (image.length < Elf.FILE_HEADER_SIZE || file.getInt(0) != 0x464c457f || file.get(4) != 2) {
            throw new LinkException("This is not an image: it is not an ELF64 file");
        }
        try {
            int offset = Math.toIntExact(file.getLong(32));
            for (int i = 0; i < Short.toUnsignedInt(file.getShort(56)); i++) {
                int header = offset + i * Elf.PROGRAM_HEADER_SIZE;
                if (file.getInt(header) == Elf.PT_NOTE) {
                    int begin = Math.toIntExact(file.getLong(header + 8));
                    int size = Math.toIntExact(file.getLong(header + 32));
                    byte[] text = ElfNote.find(Arrays.copyOfRange(image, begin, Math.addExact(begin, size)), OWNER, TYPE);
                    if (text != null) {
                        return Manifest.parse(new String(text, StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw new LinkException("This image is damaged: its headers refer to places beyond its end");
        }
        throw new LinkException("This ELF file carries no Ristretto manifest", "Build it with ristretto build.");
    }
}
