package dev.ristretto.launcher.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An x86-64 ELF executable around a few instructions: one loadable segment at 1 MiB and one note segment with the PVH entry (note {@code
 * Xen}, type 18; Xen's {@code public/elfnote.h}) and, if wanted, a manifest.
 */
public final class GuestElf {
    private static final int BASE = 0x100000;
    private static final int CODE_OFFSET = 0x1000;
    private static final int HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int PVH_NOTE = 18;
    private static final int MANIFEST_NOTE = 1;

    private GuestElf() { }

    /** An executable without a manifest; the launcher itself would refuse it, hypervisors do not mind. */
    public static byte[] of(GuestCode code) {
        return of(code, null);
    }

    /**
     * An executable that hypervisors enter at the first byte of {@code code}.
     *
     * @param manifest text of the manifest note, lines of {@code key=value}; null for none
     */
    public static byte[] of(GuestCode code, String manifest) {
        byte[] text = code.toBytes();
        ByteBuffer pvh = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(0, BASE + CODE_OFFSET); // QEMU reads 8
        byte[] notes = note("Xen", PVH_NOTE, pvh.array());
        if (manifest != null) {
            byte[] second = note("Ristretto", MANIFEST_NOTE, manifest.getBytes(StandardCharsets.UTF_8));
            notes = ByteBuffer.allocate(notes.length + second.length).put(notes).put(second).array();
        }
        int notesOffset = HEADER_SIZE + 2 * PROGRAM_HEADER_SIZE;
        if (notesOffset + notes.length > CODE_OFFSET) {
            throw new IllegalArgumentException("notes of " + notes.length + " bytes do not fit in the first page");
        }
        ByteBuffer file = ByteBuffer.allocate(CODE_OFFSET + text.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 62).putInt(1);
        file.putLong(BASE + CODE_OFFSET).putLong(HEADER_SIZE).putLong(0).putInt(0);
        file.putShort((short) HEADER_SIZE).putShort((short) PROGRAM_HEADER_SIZE).putShort((short) 2);
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        programHeader(file, 1, 7, CODE_OFFSET, BASE + CODE_OFFSET, text.length, 0x1000);
        programHeader(file, 4, 4, notesOffset, 0, notes.length, 4);
        file.put(notes).position(CODE_OFFSET).put(text);
        return file.array();
    }

    private static void programHeader(ByteBuffer file, int type, int flags, long offset, long address, long size, long align) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address).putLong(size).putLong(size).putLong(align);
    }

    private static byte[] note(String owner, int type, byte[] descriptor) {
        byte[] name = (owner + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer note = ByteBuffer.allocate(12 + padded(name.length) + padded(descriptor.length)).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(name.length).putInt(descriptor.length).putInt(type).put(name).position(12 + padded(name.length)).put(descriptor);
        return note.array();
    }

    private static int padded(int size) {
        return size + 3 & ~3;
    }
}
