package dev.ristretto.launcher.image;

import dev.ristretto.launcher.LaunchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an ELF file that matter before it is started (System V ABI, "Object Files"; gABI chapters 4 and 5). Every offset in the
 * file is checked against its size, so that a damaged file gives a message and nothing worse.
 *
 * @param path the file
 * @param size its size in bytes
 * @param segments its program headers
 * @param sections its sections with their names, empty if it was stripped of them
 * @param pvhEntry physical address of the PVH entry, empty if hypervisors cannot enter it
 * @param manifestText text of the manifest note, empty if there is none
 */
public record ImageFile(Path path, long size, List<Segment> segments, List<Section> sections, Optional<Long> pvhEntry,
        Optional<String> manifestText) {

    /** A program header; {@code type} 1 is loadable, 4 a note; {@code flags} 1 execute, 2 write, 4 read. Sizes and addresses in bytes. */
    public record Segment(int type, int flags, long offset, long address, long fileSize, long memorySize) { }

    /** A section; sizes and addresses in bytes. */
    public record Section(String name, int type, long address, long offset, long size) { }

    private static final int NOTE_SEGMENT = 4;
    private static final int MACHINE_X86_64 = 62;
    private static final int EXECUTABLE = 2;
    /** Far above what images have; keeps a garbage size field from reserving memory. */
    private static final int MAX_TABLE = 64 << 20;

    /**
     * Reads {@code path}.
     *
     * @throws LaunchException if it cannot be read or is not an x86-64 ELF executable
     */
    public static ImageFile read(Path path) throws LaunchException {
        if (Files.isDirectory(path)) {
            throw new LaunchException(path + " is a directory, not an image", "Name the image file that 'ristretto build' wrote.");
        }
        if (!Files.exists(path)) {
            throw new LaunchException("There is no image " + path, "Build one with 'ristretto build', or check the name.");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return new Reader(path, channel).read();
        } catch (IOException e) {
            throw new LaunchException("Cannot read " + path + ": " + e.getMessage(), "Check the file's permissions.", e);
        }
    }

    /** The manifest, parsed. */
    public Optional<ImageManifest> manifest() {
        return manifestText.map(ImageManifest::parse);
    }

    private static final class Reader {
        private final Path path;
        private final FileChannel channel;
        private final long size;

        Reader(Path path, FileChannel channel) throws IOException {
            this.path = path;
            this.channel = channel;
            this.size = channel.size();
        }

        ImageFile read() throws IOException, LaunchException {
            if (size < 64) {
                throw notAnImage("it is only " + size + " bytes long");
            }
            ByteBuffer header = bytes(0, 64);
            if (header.getInt(0) != 0x464c457f) {
                throw notAnImage("it is not an ELF file");
            }
            if (header.get(4) != 2 || header.get(5) != 1 || header.getShort(18) != MACHINE_X86_64 || header.getShort(16) != EXECUTABLE) {
                throw notAnImage("it is not an executable for bare x86-64");
            }
            List<Segment> segments = segments(header);
            long pvh = -1;
            String manifest = null;
            for (Segment segment : segments) {
                if (segment.type == NOTE_SEGMENT) {
                    for (Note note : notes(bytes(segment.offset, segment.fileSize))) {
                        if (note.type == 18 && note.owner.equals("Xen") && note.descriptor.remaining() >= 4) {
                            pvh = note.descriptor.getInt(note.descriptor.position()) & 0xffff_ffffL;
                        } else if (note.type == 1 && note.owner.equals("Ristretto")) {
                            manifest = StandardCharsets.UTF_8.decode(note.descriptor).toString();
                        }
                    }
                }
            }
            return new ImageFile(path, size, segments, sections(header), pvh < 0 ? Optional.empty() : Optional.of(pvh),
                    Optional.ofNullable(manifest));
        }

        private List<Segment> segments(ByteBuffer header) throws IOException, LaunchException {
            int entrySize = header.getShort(54) & 0xffff;
            int count = header.getShort(56) & 0xffff;
            List<Segment> segments = new ArrayList<>();
            if (count > 0 && entrySize < 56) {
                throw notAnImage("its program headers are damaged");
            }
            ByteBuffer table = bytes(header.getLong(32), (long) entrySize * count);
            for (int i = 0; i < count; i++) {
                int at = i * entrySize;
                segments.add(new Segment(table.getInt(at), table.getInt(at + 4), table.getLong(at + 8), table.getLong(at + 16),
                        table.getLong(at + 32), table.getLong(at + 40)));
            }
            return List.copyOf(segments);
        }

        private List<Section> sections(ByteBuffer header) throws IOException, LaunchException {
            int entrySize = header.getShort(58) & 0xffff;
            int count = header.getShort(60) & 0xffff;
            int namesIndex = header.getShort(62) & 0xffff;
            if (count == 0 || entrySize < 64 || namesIndex >= count) {
                return List.of();
            }
            ByteBuffer table = bytes(header.getLong(40), (long) entrySize * count);
            ByteBuffer names = bytes(table.getLong(namesIndex * entrySize + 24), table.getLong(namesIndex * entrySize + 32));
            List<Section> sections = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int at = i * entrySize;
                sections.add(new Section(name(names, table.getInt(at)), table.getInt(at + 4), table.getLong(at + 16),
                        table.getLong(at + 24), table.getLong(at + 32)));
            }
            return List.copyOf(sections);
        }

        private static String name(ByteBuffer names, int at) {
            int end = at;
            while (end >= 0 && end < names.limit() && names.get(end) != 0) {
                end++;
            }
            return at < 0 || at >= end ? "" : StandardCharsets.UTF_8.decode(names.slice(at, end - at)).toString();
        }

        private record Note(String owner, int type, ByteBuffer descriptor) { }

        private List<Note> notes(ByteBuffer segment) throws LaunchException {
            List<Note> notes = new ArrayList<>();
            int at = 0;
            while (at + 12 <= segment.limit()) {
                long nameSize = segment.getInt(at) & 0xffff_ffffL;
                long descriptorSize = segment.getInt(at + 4) & 0xffff_ffffL;
                long descriptor = at + 12 + padded(nameSize);
                if (descriptor + descriptorSize > segment.limit()) {
                    throw notAnImage("its notes are damaged");
                }
                String owner = StandardCharsets.UTF_8.decode(segment.slice(at + 12, (int) Math.max(0, nameSize - 1))).toString();
                ByteBuffer content = segment.slice((int) descriptor, (int) descriptorSize).order(ByteOrder.LITTLE_ENDIAN);
                notes.add(new Note(owner, segment.getInt(at + 8), content));
                at = (int) Math.min(segment.limit(), descriptor + padded(descriptorSize));
            }
            return notes;
        }

        private static long padded(long length) {
            return length + 3 & ~3L;
        }

        private ByteBuffer bytes(long offset, long length) throws IOException, LaunchException {
            if (offset < 0 || length < 0 || length > MAX_TABLE || offset > size - length) {
                throw notAnImage("it is damaged or cut off");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                continue;
            }
            if (buffer.hasRemaining()) {
                throw notAnImage("it is damaged or cut off");
            }
            return buffer.flip();
        }

        private LaunchException notAnImage(String reason) {
            return new LaunchException(path + " is not an image: " + reason, "Name an image file that 'ristretto build' wrote.");
        }
    }
}
