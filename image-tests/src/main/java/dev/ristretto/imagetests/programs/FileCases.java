package dev.ristretto.imagetests.programs;

import static dev.ristretto.imagetests.programs.Cases.failureOf;
import static dev.ristretto.imagetests.programs.Cases.file;
import static dev.ristretto.imagetests.programs.Cases.reasonOf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code java.nio.file} does in many cases, one line each: run on Linux and in an image, it says the same. What images refuse, and
 * {@code docs/files.md} lists, is left out.
 */
final class FileCases {
    private FileCases() {
    }

    /** For a JVM, as the main class: the argument is a folder. */
    public static void main(String[] args) throws IOException {
        run(args);
    }

    /** Runs all cases in a folder. */
    static void run(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Cases cases = new Cases(folder, System.out);
        moves(cases);
        copies(cases);
        opening(cases);
        listings(cases);
        walks(cases);
        links(cases);
        attributes(cases);
        directoriesAndNames(cases);
        temporary(cases);
        zip(cases);
        ChannelCases.run(cases);
        MapCases.run(cases);
        file(folder, "deleted-on-exit", "").toFile().deleteOnExit();
        file(folder, "stays", "");
        Path full = Files.createDirectory(folder.resolve("full"));
        full.toFile().deleteOnExit();
        file(full, "x", "");
    }

    /** All below a folder, sorted, with content. */
    private static Object tree(Path dir) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(dir)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                String content = Files.isSymbolicLink(path) ? " -> " + Files.readSymbolicLink(path) : Files.isDirectory(path) ? "/" : "=" + Files.readString(path);
                found.put(dir.relativize(path).toString(), content);
            }
        }
        return found;
    }

    private static void moves(Cases cases) throws IOException {
        cases.of("move over a file is refused", dir -> Files.move(file(dir, "a", "a"), file(dir, "b", "b")));
        cases.of("move over a file", dir -> {
            Files.move(file(dir, "a", "a"), file(dir, "b", "b"), StandardCopyOption.REPLACE_EXISTING);
            return tree(dir);
        });
        cases.of("move over a file at once", dir -> {
            Files.move(file(dir, "a", "a"), file(dir, "b", "b"), StandardCopyOption.ATOMIC_MOVE);
            return tree(dir);
        });
        cases.of("move over a full directory", dir -> {
            Path full = Files.createDirectory(dir.resolve("d"));
            file(full, "x", "x");
            return Files.move(file(dir, "a", "a"), full, StandardCopyOption.REPLACE_EXISTING);
        });
        cases.of("move over a full directory at once", dir -> {
            Path full = Files.createDirectory(dir.resolve("d"));
            file(full, "x", "x");
            return Files.move(file(dir, "a", "a"), full, StandardCopyOption.ATOMIC_MOVE);
        });
        cases.of("move a directory over a full one at once", dir -> {
            Path full = Files.createDirectory(dir.resolve("d"));
            file(full, "x", "x");
            return Files.move(Files.createDirectory(dir.resolve("e")), full, StandardCopyOption.ATOMIC_MOVE);
        });
        cases.of("move a directory over an empty one at once", dir -> {
            Path from = Files.createDirectory(dir.resolve("e"));
            file(from, "x", "x");
            Files.move(from, Files.createDirectory(dir.resolve("d")), StandardCopyOption.ATOMIC_MOVE);
            return tree(dir);
        });
        cases.of("move a directory over a file at once",
                dir -> Files.move(Files.createDirectory(dir.resolve("d")), file(dir, "a", "a"), StandardCopyOption.ATOMIC_MOVE));
        cases.of("move a directory over a file", dir -> {
            Files.move(Files.createDirectory(dir.resolve("d")), file(dir, "a", "a"), StandardCopyOption.REPLACE_EXISTING);
            return tree(dir);
        });
        cases.of("move onto itself", dir -> Files.move(file(dir, "a", "a"), dir.resolve("a")));
        cases.of("move onto another link to itself", dir -> {
            Path link = Files.createLink(dir.resolve("b"), file(dir, "a", "a"));
            Files.move(dir.resolve("a"), link, StandardCopyOption.ATOMIC_MOVE);
            return tree(dir);
        });
        cases.of("move what is missing", dir -> Files.move(dir.resolve("a"), dir.resolve("b")));
        cases.of("move to a missing directory", dir -> Files.move(file(dir, "a", "a"), dir.resolve("d/b")));
        cases.of("move to below a file", dir -> Files.move(file(dir, "a", "a"), file(dir, "b", "b").resolve("c")));
        cases.of("move into itself", dir -> Files.move(Files.createDirectory(dir.resolve("d")), dir.resolve("d/e")));
        cases.of("move a link", dir -> {
            Files.createSymbolicLink(dir.resolve("l"), file(dir, "a", "a").getFileName());
            Files.move(dir.resolve("l"), dir.resolve("m"));
            return tree(dir);
        });
        cases.of("move with attributes", dir -> Files.move(file(dir, "a", "a"), dir.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES));
        cases.of("move without links", dir -> Files.move(file(dir, "a", "a"), dir.resolve("b"), LinkOption.NOFOLLOW_LINKS));
        cases.of("a full directory is moved with what is in it", dir -> {
            Files.createDirectories(dir.resolve("d/e/f"));
            file(dir, "d/e/x", "x");
            Files.createDirectory(dir.resolve("g"));
            Files.move(dir.resolve("d/e"), dir.resolve("g/h"));
            return new Object[] {tree(dir), Files.getAttribute(dir.resolve("g"), "unix:nlink"), Files.getAttribute(dir.resolve("d"), "unix:nlink")};
        });
    }

    private static void copies(Cases cases) throws IOException {
        cases.of("copy over a file is refused", dir -> Files.copy(file(dir, "a", "a"), file(dir, "b", "b")));
        cases.of("copy over a link", dir -> {
            file(dir, "t", "t");
            Files.createSymbolicLink(dir.resolve("l"), Path.of("t"));
            Files.copy(file(dir, "a", "a"), dir.resolve("l"), StandardCopyOption.REPLACE_EXISTING);
            return tree(dir);
        });
        cases.of("copy onto itself", dir -> Files.copy(file(dir, "a", "a"), dir.resolve("a")));
        cases.of("copy what is missing", dir -> Files.copy(dir.resolve("a"), dir.resolve("b")));
        cases.of("copy to a missing directory", dir -> Files.copy(file(dir, "a", "a"), dir.resolve("d/b")));
        cases.of("copy at once", dir -> Files.copy(file(dir, "a", "a"), dir.resolve("b"), StandardCopyOption.ATOMIC_MOVE));
        cases.of("copy a directory", dir -> {
            Files.createDirectory(dir.resolve("d"));
            file(dir, "d/x", "x");
            Files.copy(dir.resolve("d"), dir.resolve("e"));
            return tree(dir);
        });
        cases.of("copy a directory over a full one", dir -> {
            Files.createDirectory(dir.resolve("d"));
            Files.createDirectory(dir.resolve("e"));
            file(dir, "e/x", "x");
            return Files.copy(dir.resolve("d"), dir.resolve("e"), StandardCopyOption.REPLACE_EXISTING);
        });
        cases.of("copy with attributes", dir -> {
            Path from = file(dir, "a", "a");
            Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("rwxr-x---"));
            Files.setLastModifiedTime(from, FileTime.from(Instant.parse("2001-02-03T04:05:06.789012345Z")));
            Path to = Files.copy(from, dir.resolve("b"), StandardCopyOption.COPY_ATTRIBUTES);
            Path plain = Files.copy(from, dir.resolve("c"));
            return new Object[] {PosixFilePermissions.toString(Files.getPosixFilePermissions(to)), Files.getLastModifiedTime(to),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(plain))};
        });
        cases.of("copy a dangling link", dir -> {
            Files.createSymbolicLink(dir.resolve("l"), Path.of("nowhere"));
            Files.copy(dir.resolve("l"), dir.resolve("m"), LinkOption.NOFOLLOW_LINKS);
            return new Object[] {Files.readSymbolicLink(dir.resolve("m")), failureOf(() -> Files.copy(dir.resolve("l"), dir.resolve("n")))};
        });
        cases.of("copy streams", dir -> {
            Path large = Files.write(dir.resolve("a"), new byte[70_000]);
            try (InputStream in = Files.newInputStream(large); OutputStream out = Files.newOutputStream(dir.resolve("c"))) {
                return new Object[] {Files.copy(in, dir.resolve("b")), Files.copy(large, out), Files.mismatch(large, dir.resolve("b")),
                    failureOf(() -> Files.copy(in, dir.resolve("b")))};
            }
        });
    }

    private static void opening(Cases cases) throws IOException {
        cases.of("open what is missing", dir -> Files.newByteChannel(dir.resolve("a")));
        cases.of("open what is missing for writing", dir -> Files.newByteChannel(dir.resolve("a"), StandardOpenOption.WRITE));
        cases.of("create without writing", dir -> Files.newByteChannel(dir.resolve("a"), StandardOpenOption.CREATE));
        cases.of("create anew what exists", dir -> Files.newByteChannel(file(dir, "a", ""), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        cases.of("create anew a dangling link", dir -> Files.newByteChannel(Files.createSymbolicLink(dir.resolve("l"), Path.of("t")),
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        cases.of("create through a dangling link", dir -> {
            Files.writeString(Files.createSymbolicLink(dir.resolve("l"), Path.of("t")), "x");
            return tree(dir);
        });
        cases.of("read and append", dir -> Files.newByteChannel(file(dir, "a", ""), StandardOpenOption.READ, StandardOpenOption.APPEND));
        cases.of("append and truncate", dir -> Files.newByteChannel(file(dir, "a", ""), StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING));
        cases.of("truncate without writing", dir -> {
            Files.newByteChannel(file(dir, "a", "abc"), StandardOpenOption.READ, StandardOpenOption.TRUNCATE_EXISTING).close();
            return tree(dir);
        });
        cases.of("truncate", dir -> {
            Files.newByteChannel(file(dir, "a", "abc"), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
            return tree(dir);
        });
        cases.of("open a link without following", dir -> {
            file(dir, "t", "t");
            return Files.newByteChannel(Files.createSymbolicLink(dir.resolve("l"), Path.of("t")), LinkOption.NOFOLLOW_LINKS);
        });
        cases.of("delete on close", dir -> {
            try (SeekableByteChannel channel = Files.newByteChannel(file(dir, "a", "abc"), StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
                ByteBuffer three = ByteBuffer.allocate(5);
                return new Object[] {Files.exists(dir.resolve("a")), channel.read(three), channel.size()};
            }
        });
        cases.of("open a directory for writing", dir -> Files.newByteChannel(dir, StandardOpenOption.WRITE));
        cases.of("read a directory", dir -> {
            try (InputStream in = Files.newInputStream(dir)) {
                return in.read();
            }
        });
        cases.of("read all of a directory", dir -> Files.readAllBytes(dir));
        cases.of("open below a file", dir -> Files.newInputStream(file(dir, "a", "").resolve("b")));
        cases.of("no options that do not belong", dir -> Files.newOutputStream(dir.resolve("a"), StandardOpenOption.READ));
        cases.of("input streams do not write", dir -> Files.newInputStream(file(dir, "a", ""), StandardOpenOption.WRITE));
        cases.of("sparse files", dir -> {
            try (SeekableByteChannel channel = Files.newByteChannel(dir.resolve("a"), StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE,
                    StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                channel.position(5_000_000_000L).write(ByteBuffer.wrap(new byte[] {'x'}));
                ByteBuffer page = ByteBuffer.allocate(10);
                channel.position(4_999_999_995L).read(page);
                return new Object[] {channel.size(), page.position(), page.array()};
            }
        });
    }

    private static List<String> names(Iterable<Path> paths) {
        List<String> names = new ArrayList<>();
        paths.forEach(path -> names.add(path.getFileName().toString()));
        names.sort(null);
        return names;
    }

    private static void listings(Cases cases) throws IOException {
        cases.of("globs", dir -> {
            for (String name : List.of("a.txt", "b.md", "c.TXT", ".h", "a[b", "Grüße", "dd")) {
                file(dir, name, "");
            }
            List<Object> found = new ArrayList<>();
            for (String glob : List.of("*", "*.{txt,md}", "?.*", "[a-b]*", "[!a]*", "{dd,.h}", "*ü*", "a\\[b", "**")) {
                try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, glob)) {
                    found.add(glob + " " + names(stream));
                }
            }
            return found.toArray();
        });
        cases.of("a glob that is none", dir -> Files.newDirectoryStream(dir, "[a"));
        cases.of("list a file", dir -> Files.newDirectoryStream(file(dir, "a", "")));
        cases.of("list what is missing", dir -> Files.newDirectoryStream(dir.resolve("a")));
        cases.of("iterate twice", dir -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
                stream.iterator();
                return stream.iterator();
            }
        });
        cases.of("iterate when closed", dir -> {
            file(dir, "a", "");
            DirectoryStream<Path> stream = Files.newDirectoryStream(dir);
            Iterator<Path> iterator = stream.iterator();
            stream.close();
            return new Object[] {iterator.hasNext(), failureOf(iterator::next), failureOf(stream::iterator)};
        });
        cases.of("remove by an iterator", dir -> {
            file(dir, "a", "");
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
                Iterator<Path> iterator = stream.iterator();
                iterator.next();
                iterator.remove();
                return "removed";
            }
        });
        cases.of("a filter that fails", dir -> {
            file(dir, "a", "");
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, path -> {
                throw new IOException("of the filter");
            })) {
                return stream.iterator().hasNext();
            }
        });
        cases.of("a directory that is deleted while it is listed", dir -> {
            Path gone = Files.createDirectory(dir.resolve("d"));
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(gone)) {
                Files.delete(gone);
                return stream.iterator().hasNext();
            }
        });
        cases.of("streams that hold their directory", dir -> {
            Path held = Files.createDirectory(dir.resolve("d"));
            file(held, "a", "a");
            file(held, "b", "b");
            Files.createDirectory(held.resolve("e"));
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(held)) {
                if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
                    return "no such streams";
                }
                Files.move(held, dir.resolve("moved"));
                try (SecureDirectoryStream<Path> below = secure.newDirectoryStream(Path.of("e"));
                        SeekableByteChannel channel = secure.newByteChannel(Path.of("a"), Set.of(StandardOpenOption.READ))) {
                    secure.move(Path.of("b"), below, Path.of("c"));
                    secure.deleteFile(Path.of("a"));
                    return new Object[] {channel.size(), failureOf(() -> secure.deleteDirectory(Path.of("e"))), failureOf(() -> secure.deleteFile(Path.of("e"))),
                        secure.getFileAttributeView(BasicFileAttributeView.class).readAttributes().isDirectory(), tree(dir)};
                }
            }
        });
    }

    private static void walks(Cases cases) throws IOException {
        cases.of("walk what is missing", dir -> Files.walk(dir.resolve("a")));
        cases.of("walk a file", dir -> {
            try (Stream<Path> walk = Files.walk(file(dir, "a", ""))) {
                return names(walk::iterator);
            }
        });
        cases.of("walk no deeper", dir -> {
            Files.createDirectories(dir.resolve("a/b/c"));
            try (Stream<Path> none = Files.walk(dir, 0); Stream<Path> two = Files.walk(dir, 2)) {
                return new Object[] {none.count(), names(two::iterator), failureOf(() -> Files.walk(dir, -1))};
            }
        });
        cases.of("walk in circles", dir -> {
            Files.createDirectory(dir.resolve("a"));
            Files.createSymbolicLink(dir.resolve("a/l"), dir);
            try (Stream<Path> walk = Files.walk(dir, FileVisitOption.FOLLOW_LINKS)) {
                return walk.count();
            }
        });
        cases.of("what a visitor sees", dir -> {
            Files.createDirectories(dir.resolve("a/b"));
            file(dir, "a/b/x", "");
            Files.createSymbolicLink(dir.resolve("a/b/l"), Path.of("nowhere"));
            List<String> seen = new ArrayList<>();
            Files.walkFileTree(dir.resolve("a"), Set.of(FileVisitOption.FOLLOW_LINKS), 9, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    seen.add(file.getFileName() + (attributes.isSymbolicLink() ? " link" : " file"));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    seen.add("into " + path.getFileName());
                    return FileVisitResult.CONTINUE;
                }
            });
            seen.sort(null);
            return seen;
        });
        cases.of("find", dir -> {
            Files.createDirectories(dir.resolve("a/b"));
            file(dir, "a/b/x", "12345");
            file(dir, "a/y", "1");
            try (Stream<Path> found = Files.find(dir, 9, (path, attributes) -> attributes.isRegularFile() && attributes.size() > 2)) {
                return names(found::iterator);
            }
        });
    }

    private static void links(Cases cases) throws IOException {
        cases.of("read a link that is none", dir -> Files.readSymbolicLink(file(dir, "a", "")));
        cases.of("read a link that is missing", dir -> Files.readSymbolicLink(dir.resolve("a")));
        cases.of("make a link that exists", dir -> Files.createSymbolicLink(file(dir, "a", ""), Path.of("b")));
        cases.of("make a link to nothing", dir -> Files.createSymbolicLink(dir.resolve("a"), Path.of("")));
        cases.of("make a long link", dir -> Files.readSymbolicLink(Files.createSymbolicLink(dir.resolve("a"), Path.of("x/".repeat(1500) + "y"))).toString().length());
        cases.of("make a link that is too long", dir -> reasonOf(() -> Files.createSymbolicLink(dir.resolve("a"), Path.of("x".repeat(4100)))));
        cases.of("a circle", dir -> {
            Files.createSymbolicLink(dir.resolve("a"), Path.of("b"));
            Files.createSymbolicLink(dir.resolve("b"), Path.of("a"));
            return new Object[] {failureOf(() -> Files.readString(dir.resolve("a"))), failureOf(() -> dir.resolve("a").toRealPath()),
                Files.exists(dir.resolve("a")), Files.notExists(dir.resolve("a")), failureOf(() -> Files.writeString(dir.resolve("a"), ""))};
        });
        cases.of("deleting a link leaves its target", dir -> {
            file(dir, "t", "t");
            Files.delete(Files.createSymbolicLink(dir.resolve("l"), Path.of("t")));
            return tree(dir);
        });
        cases.of("directories through links", dir -> {
            Files.createDirectory(dir.resolve("d"));
            Files.createSymbolicLink(dir.resolve("l"), Path.of("d"));
            Files.createDirectories(dir.resolve("l/e"));
            file(dir, "l/e/x", "x");
            return new Object[] {Files.createDirectories(dir.resolve("l")).getFileName(), dir.relativize(dir.resolve("l/e/../e/x").toRealPath()).getNameCount(),
                failureOf(() -> Files.createDirectory(dir.resolve("l"))), failureOf(() -> Files.delete(dir.resolve("l/e"))), tree(dir)};
        });
        cases.of("hard links", dir -> {
            Files.createLink(dir.resolve("b"), file(dir, "a", "a"));
            Files.writeString(dir.resolve("b"), "changed");
            return new Object[] {Files.isSameFile(dir.resolve("a"), dir.resolve("b")), Files.getAttribute(dir.resolve("a"), "unix:nlink"), tree(dir),
                failureOf(() -> Files.createLink(dir.resolve("b"), dir.resolve("a"))), failureOf(() -> Files.createLink(dir.resolve("c"), dir.resolve("none")))};
        });
        cases.of("a hard link to a directory", dir -> Files.createLink(dir.resolve("b"), Files.createDirectory(dir.resolve("d"))));
        cases.of("same files", dir -> {
            file(dir, "a", "");
            Files.createSymbolicLink(dir.resolve("l"), Path.of("a"));
            return new Object[] {Files.isSameFile(dir.resolve("l"), dir.resolve("a")), Files.isSameFile(dir.resolve("none"), dir.resolve("none")),
                failureOf(() -> Files.isSameFile(dir.resolve("a"), dir.resolve("none")))};
        });
        cases.of("real paths", dir -> {
            Files.createDirectories(dir.resolve("a/b"));
            Files.createSymbolicLink(dir.resolve("l"), Path.of("a/b"));
            Path real = dir.toRealPath();
            return new Object[] {real.relativize(dir.resolve("l/..").toRealPath()), real.relativize(dir.resolve("l/../b").toRealPath(LinkOption.NOFOLLOW_LINKS)),
                failureOf(() -> dir.resolve("l/x").toRealPath()), failureOf(() -> file(dir, "f", "").resolve("x").toRealPath())};
        });
    }

    private static void attributes(Cases cases) throws IOException {
        cases.of("attributes that do not exist", dir -> new Object[] {failureOf(() -> Files.getAttribute(dir, "none")),
            failureOf(() -> Files.getAttribute(dir, "none:x")), failureOf(() -> Files.readAttributes(dir, "posix:size,none")),
            failureOf(() -> Files.setAttribute(dir, "size", 5L)), failureOf(() -> Files.setAttribute(dir, "unix:nlink", 5)),
            failureOf(() -> Files.readAttributes(dir.resolve("none"), BasicFileAttributes.class)), failureOf(() -> Files.getLastModifiedTime(dir.resolve("none")))});
        cases.of("names of attributes", dir -> new Object[] {Files.readAttributes(dir, "*").keySet().stream().sorted().toList(),
            Files.readAttributes(dir, "posix:*").keySet().stream().sorted().toList(), Files.readAttributes(dir, "unix:*").keySet().stream().sorted().toList()});
        cases.of("modes", dir -> {
            Path file = file(dir, "a", "");
            Object before = Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode"));
            Files.setAttribute(file, "unix:mode", 04751);
            return new Object[] {before, Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode")),
                Integer.toOctalString((Integer) Files.getAttribute(dir, "unix:mode")), PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                failureOf(() -> Files.setPosixFilePermissions(dir.resolve("none"), Set.of()))};
        });
        cases.of("permissions of what is created", dir -> {
            var all = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));
            return new Object[] {PosixFilePermissions.toString(Files.getPosixFilePermissions(Files.createFile(dir.resolve("a"), all))),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(Files.createDirectory(dir.resolve("d"), all)))};
        });
        cases.of("times", dir -> {
            Path file = file(dir, "a", "");
            List<Object> found = new ArrayList<>();
            for (String time : List.of("1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "2038-01-19T03:14:08.000000001Z", "2100-02-28T12:00:00.5Z",
                    "1905-01-01T00:00:00Z")) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
                found.add(Files.getLastModifiedTime(file));
            }
            FileTime accessed = FileTime.from(Instant.parse("2011-11-11T11:11:11.000000011Z"));
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, accessed, null);
            found.add(Files.getAttribute(file, "lastAccessTime"));
            found.add(Files.getLastModifiedTime(file));
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, null, null);
            found.add(failureOf(() -> Files.setLastModifiedTime(dir.resolve("none"), accessed)));
            return found.toArray();
        });
        cases.of("times of a link", dir -> {
            file(dir, "t", "");
            Path link = Files.createSymbolicLink(dir.resolve("l"), Path.of("t"));
            FileTime time = FileTime.from(Instant.parse("2011-11-11T11:11:11Z"));
            Files.setLastModifiedTime(dir.resolve("t"), FileTime.fromMillis(0));
            Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(time, null, null);
            return new Object[] {Files.getLastModifiedTime(link), Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS)};
        });
        cases.of("what changes which time", dir -> {
            Path file = file(dir, "a", "a");
            FileTime old = FileTime.fromMillis(1000);
            Files.setLastModifiedTime(file, old);
            Files.setLastModifiedTime(dir, old);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            boolean permissions = Files.getLastModifiedTime(file).equals(old);
            Files.writeString(file, "b", StandardOpenOption.APPEND);
            boolean writing = Files.getLastModifiedTime(file).equals(old);
            boolean inside = Files.getLastModifiedTime(dir).equals(old);
            Files.move(file, dir.resolve("b"));
            return new Object[] {permissions, writing, inside, Files.getLastModifiedTime(dir).equals(old)};
        });
        cases.of("kinds", dir -> {
            file(dir, "f", "123");
            Files.createSymbolicLink(dir.resolve("l"), Path.of("f"));
            List<Object> found = new ArrayList<>();
            for (Path path : List.of(dir, dir.resolve("f"), dir.resolve("l"), dir.resolve("none"), Path.of("/dev/null"))) {
                found.add(path.getFileName() + " " + Files.exists(path) + Files.notExists(path) + Files.isDirectory(path) + Files.isRegularFile(path)
                    + Files.isSymbolicLink(path) + Files.isReadable(path));
            }
            found.add(Files.readAttributes(dir.resolve("l"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size());
            return found.toArray();
        });
        cases.of("owners", dir -> {
            PosixFileAttributeView view = Files.getFileAttributeView(file(dir, "a", ""), PosixFileAttributeView.class);
            view.setOwner(view.readAttributes().owner());
            return new Object[] {view.name(), view.readAttributes().owner().equals(Files.getOwner(dir)),
                failureOf(() -> dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("no-such-user"))};
        });
        cases.of("views that do not exist", dir -> new Object[] {Files.getFileAttributeView(dir, java.nio.file.attribute.AclFileAttributeView.class),
            dir.getFileSystem().supportedFileAttributeViews().contains("acl"), Files.getFileStore(dir).supportsFileAttributeView("acl"),
            Files.getFileStore(dir).supportsFileAttributeView("unix"), failureOf(() -> Files.getFileStore(dir).getAttribute("none")),
            failureOf(() -> Files.getFileStore(dir.resolve("none")))});
    }

    private static void directoriesAndNames(Cases cases) throws IOException {
        cases.of("make directories", dir -> new Object[] {failureOf(() -> Files.createDirectory(dir)), failureOf(() -> Files.createDirectory(dir.resolve("a/b"))),
            failureOf(() -> Files.createDirectories(file(dir, "f", ""))), failureOf(() -> Files.createDirectories(dir.resolve("f/x"))),
            Files.createDirectories(dir.resolve("a/./b/../c")).getFileName(), tree(dir)});
        cases.of("delete", dir -> {
            Files.createDirectories(dir.resolve("d/e"));
            return new Object[] {failureOf(() -> Files.delete(dir.resolve("d"))), failureOf(() -> Files.delete(dir.resolve("none"))),
                Files.deleteIfExists(dir.resolve("none")), failureOf(() -> Files.deleteIfExists(file(dir, "f", "").resolve("x"))),
                failureOf(() -> Files.delete(dir.resolve("d/e/."))), failureOf(() -> Files.delete(dir.resolve("d/e/.."))), Files.deleteIfExists(dir.resolve("d/e"))};
        });
        cases.of("names", dir -> {
            file(dir, " a b\tc", "1");
            file(dir, "ä€𝄞", "2");
            file(dir, "x".repeat(255), "3");
            file(dir, "..a", "4");
            file(dir, "\\\"'*?", "5");
            return new Object[] {tree(dir), reasonOf(() -> file(dir, "x".repeat(256), "")), reasonOf(() -> file(dir, "ä".repeat(128), "")),
                failureOf(() -> file(dir, "a\0b", "")), reasonOf(() -> Files.readString(dir.resolve("y/".repeat(2100))))};
        });
        cases.of("paths", dir -> new Object[] {Files.exists(Path.of(dir + "/")), Files.exists(Path.of(dir + "//.//")), failureOf(() -> Files.readString(Path.of(file(dir, "f", "") + "/"))),
            Files.isDirectory(Path.of("/..")), failureOf(() -> Path.of("/none/../..").toRealPath()), Path.of("/..").toRealPath(), failureOf(() -> Files.readString(dir.resolve("f/../f")))});
        cases.of("a deleted directory takes nothing", dir -> {
            Path gone = Files.createDirectory(dir.resolve("d"));
            Files.delete(gone);
            return new Object[] {failureOf(() -> file(gone, "x", "")), failureOf(() -> Files.createDirectory(gone.resolve("e"))), failureOf(() -> Files.list(gone))};
        });
        cases.of("many names", dir -> {
            for (int i = 0; i < 2000; i++) {
                Files.createFile(dir.resolve("name-" + i));
            }
            try (Stream<Path> list = Files.list(dir)) {
                return new Object[] {list.count(), Files.exists(dir.resolve("name-1999")), Files.exists(dir.resolve("name-2000"))};
            }
        });
        cases.of("read what was written", dir -> {
            Path file = Files.write(dir.resolve("a"), List.of("eins", "zwei"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.write(file, List.of("drei"), StandardOpenOption.APPEND);
            Files.write(dir.resolve("b"), new byte[] {(byte) 0xFF, (byte) 0xFE});
            return new Object[] {Files.readAllLines(file), Files.size(file), failureOf(() -> Files.readString(dir.resolve("b"))),
                failureOf(() -> Files.readAllLines(dir.resolve("b"))), Files.mismatch(file, dir.resolve("b"))};
        });
    }

    private static void temporary(Cases cases) throws IOException {
        cases.of("temporary files", dir -> {
            Path file = Files.createTempFile(dir, "pre", null);
            Path folder = Files.createTempDirectory(dir, null);
            return new Object[] {file.getFileName(), folder.getFileName(), PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)), failureOf(() -> Files.createTempFile(dir.resolve("none"), null, ".x")),
                failureOf(() -> Files.createTempFile(dir, "a/b", null)), failureOf(() -> Files.createTempFile(file, null, null))};
        });
    }

    private static void zip(Cases cases) throws IOException {
        cases.of("a zip as a file system", dir -> {
            Path zip = dir.resolve("a.zip");
            try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
                Files.createDirectory(inside.getPath("/d"));
                Files.writeString(inside.getPath("/d/x"), "text".repeat(1000));
                Files.copy(file(dir, "f", "from outside"), inside.getPath("/d/y"));
            }
            try (FileSystem inside = FileSystems.newFileSystem(zip)) {
                Files.copy(inside.getPath("/d/y"), dir.resolve("g"));
                try (Stream<Path> walk = Files.walk(inside.getPath("/"))) {
                    return new Object[] {walk.map(Path::toString).sorted().toList(), Files.size(inside.getPath("/d/x")), Files.readString(dir.resolve("g")),
                        failureOf(() -> Files.readString(inside.getPath("/none"))), Files.size(zip) < 2000};
                }
            }
        });
        cases.of("a zip that is none", dir -> FileSystems.newFileSystem(file(dir, "a.zip", "no zip, but long enough to be looked at by whoever reads it")));
    }
}
