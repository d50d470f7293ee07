package dev.ristretto.imager.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A note of an ELF file (gABI, "Note Section"), in the common form whose parts are aligned to 4 bytes in 64-bit files too. */
final class ElfNote {
    static final int ALIGNMENT = 4;
    /** Owner of Xen's notes. */
    static final String XEN = "Xen";
    /** {@code XEN_ELFNOTE_PHYS32_ENTRY}: the 32-bit entry of the PVH boot protocol (Xen, public/elfnote.h). */
    static final int PHYS32_ENTRY = 18;

    private static final int HEADER = 12;

    private ElfNote() {
    }

    static byte[] note(String owner, int type, byte[] descriptor) {
        byte[] name = (owner + "\0").getBytes(StandardCharsets.US_ASCII);
        int nameRoom = (int) ImageLayout.alignUp(name.length, ALIGNMENT);
        int descriptorRoom = (int) ImageLayout.alignUp(descriptor.length, ALIGNMENT);
        ByteBuffer note = ByteBuffer.allocate(HEADER + nameRoom + descriptorRoom).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(name.length).putInt(descriptor.length).putInt(type);
        note.put(HEADER, name).put(descriptorOffset(owner), descriptor);
        return note.array();
    }

    /** Bytes from a note's begin to its descriptor. */
    static int descriptorOffset(String owner) {
        return HEADER + (int) ImageLayout.alignUp(owner.length() + 1, ALIGNMENT);
    }

    /** The descriptor of the first such note in a series of notes, or null. */
    static byte[] find(byte[] notes, String owner, int type) {
        ByteBuffer buffer = ByteBuffer.wrap(notes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] wanted = (owner + "\0").getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        while (at + HEADER <= notes.length) {
            int nameSize = buffer.getInt(at);
            int descriptorSize = buffer.getInt(at + 4);
            int name = at + HEADER;
            long descriptor = name + ImageLayout.alignUp(nameSize, ALIGNMENT);
            if (nameSize < 0 || descriptorSize < 0 || descriptor + descriptorSize > notes.length) {
                return null;
            }
            if (buffer.getInt(at + 8) == type && Arrays.equals(notes, name, name + nameSize, wanted, 0, wanted.length)) {
                return Arrays.copyOfRange(notes, (int) descriptor, (int) descriptor + descriptorSize);
            }
            at = (int) (descriptor + ImageLayout.alignUp(descriptorSize, ALIGNMENT));
        }
        return null;
    }
}
