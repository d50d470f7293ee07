package dev.ristretto.imager.files;

import dev.ristretto.imager.ImagingException;
import dev.ristretto.storage.sealedfs.ArchiveException;
import dev.ristretto.storage.sealedfs.ArchiveWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder, jar or zip file of this host, looked through. Closing it closes the jar. */
public final class HostTree implements AutoCloseable {
    /**
     * Time of everything that is sealed into an image, in nanoseconds since 1970: 1980-01-01, the first day that archives know, as for
     * resources. The files' own would make two builds of the same program differ.
     */
    private static final long TIME = 315_532_800_000_000_000L;

    private final SealedFiles files;
    /** Null for a folder. */
    private final FileSystem zip;
    private final List<Entry> entries = new ArrayList<>();

    /** What is at a path. */
    public enum Kind {
        /** A folder. */
        DIRECTORY,
        /** A regular file. */
        FILE,
        /** A symbolic link. */
        LINK
    }

    /**
     * A file of any kind.
     *
     * @param path   in the tree, with slashes between and none in front
     * @param file   where it is, on this host or in the jar
     * @param target of a link, otherwise empty
     */
    public record Entry(String path, Kind kind, Path file, String target) {
    }

    private HostTree(SealedFiles files, FileSystem zip) {
        this.files = files;
        this.zip = zip;
    }

    /**
     * Looks through a tree.
     *
     * @throws ImagingException if it is not there, is neither a folder nor a zip file, may not be read, or holds what cannot be sealed in
     * @throws IOException      if reading fails otherwise
     */
    public static HostTree open(SealedFiles files) throws ImagingException, IOException {
        Path source = files.source();
        if (!Files.exists(source)) {
            throw new ImagingException("There is no " + source + " to seal into the image", "Name a folder, a jar or a zip file.");
        }
        HostTree tree = new HostTree(files, Files.isDirectory(source) ? null : zip(source));
        boolean done = false;
        try {
            tree.lookThrough(tree.zip == null ? source.toRealPath() : tree.zip.getRootDirectories().iterator().next());
            done = true;
            return tree;
        } catch (AccessDeniedException e) {
            throw new ImagingException("You may not read " + e.getFile() + ", which is to be sealed into the image",
                    "See who owns it: ls -ld " + e.getFile(), e);
        } finally {
            if (!done) {
                tree.close();
            }
        }
    }

    private static FileSystem zip(Path source) throws ImagingException, IOException {
        if (!Files.isRegularFile(source)) {
            throw new ImagingException(source + " is neither a folder nor a file", "Name a folder, a jar or a zip file.");
        }
        if (ZipDirectory.hasLinks(source)) {
            throw new ImagingException("There are symbolic links in " + source + ", which zip files cannot be sealed in with",
                    "Unpack it, and seal in the folder.");
        }
        return FileSystems.newFileSystem(source.toAbsolutePath());
    }

    private void lookThrough(Path root) throws ImagingException, IOException {
        List<Path> odd = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(root)) {
                    entries.add(new Entry(path(directory), Kind.DIRECTORY, directory, ""));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    entries.add(new Entry(path(file), Kind.LINK, file, Files.readSymbolicLink(file).toString()));
                } else if (!attributes.isRegularFile()) {
                    odd.add(file);
                } else if (zip == null && !Files.isReadable(file)) {
                    throw new AccessDeniedException(file.toString());
                } else {
                    entries.add(new Entry(path(file), Kind.FILE, file, ""));
                }
                return FileVisitResult.CONTINUE;
            }

            private String path(Path file) {
                String path = root.relativize(file).toString();
                return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            }
        });
        if (!odd.isEmpty()) {
            throw new ImagingException(odd.getFirst() + " is neither a file nor a folder nor a symbolic link, and cannot be sealed in",
                    "Take it out of " + files.source() + ".");
        }
        entries.sort(Comparator.comparing(Entry::path));
    }

    /** All that is in the tree, sorted by path, without its root. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * Packs trees, one after the other.
     *
     * @return whole pages; empty for no trees
     * @throws ImagingException as for {@link #open}, and if they take too much room
     */
    public static byte[] packAll(List<SealedFiles> all) throws ImagingException, IOException {
        if (all.size() == 1) {
            return pack(all.getFirst());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SealedFiles files : all) {
            out.writeBytes(pack(files));
        }
        return out.toByteArray();
    }

    private static byte[] pack(SealedFiles files) throws ImagingException, IOException {
        try (HostTree tree = open(files)) {
            ArchiveWriter writer = new ArchiveWriter(files.mountPoint(), TIME);
            for (Entry entry : tree.entries) {
                switch (entry.kind()) {
                    case DIRECTORY -> writer.directory(entry.path());
                    case FILE -> writer.file(entry.path(), () -> Files.newInputStream(entry.file()), files.isStored());
                    case LINK -> writer.symbolicLink(entry.path(), entry.target());
                }
            }
            return writer.write();
        } catch (IllegalArgumentException | ArchiveException e) {
            throw new ImagingException(files.source() + " cannot be sealed into the image: " + e.getMessage(), null, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
