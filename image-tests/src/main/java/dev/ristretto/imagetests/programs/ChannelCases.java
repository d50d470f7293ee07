package dev.ristretto.imagetests.programs;

import static dev.ristretto.imagetests.programs.Cases.failureOf;
import static dev.ristretto.imagetests.programs.Cases.file;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** As {@link FileCases}: {@code FileChannel}, {@code RandomAccessFile} and the rest of {@code java.io}. */
final class ChannelCases {
    private ChannelCases() {
    }

    static void run(Cases cases) throws IOException {
        positions(cases);
        transfers(cases);
        maps(cases);
        locks(cases);
        randomAccess(cases);
        files(cases);
        fileStreams(cases);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void positions(Cases cases) throws IOException {
        cases.of("truncating channels", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "0123456789"), READ, WRITE)) {
                channel.position(8);
                channel.truncate(5);
                Object cut = channel.position() + "/" + channel.size();
                channel.truncate(7);
                return new Object[] {cut, channel.position() + "/" + channel.size(), failureOf(() -> channel.truncate(-1)), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("cut off and grown again reads as zeros", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "0123456789"), READ, WRITE)) {
                channel.truncate(3);
                channel.write(bytes("x"), 8);
            }
            return Files.readAllBytes(dir.resolve("a"));
        });
        cases.of("positions", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ, WRITE)) {
                channel.position(10);
                return new Object[] {channel.position(), channel.size(), channel.read(ByteBuffer.allocate(1)), channel.read(ByteBuffer.allocate(0), 0),
                    failureOf(() -> channel.position(-1)), failureOf(() -> channel.read(ByteBuffer.allocate(1), -1)), failureOf(() -> channel.write(bytes("x"), -1)),
                    channel.write(bytes("")), channel.size(), channel.write(bytes("x")), channel.size()};
            }
        });
        cases.of("writing where no file can be", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ, WRITE)) {
                return new Object[] {failureOf(() -> channel.write(bytes("xx"), Long.MAX_VALUE)), channel.read(ByteBuffer.allocate(1), Long.MAX_VALUE)};
            }
        });
        cases.of("appending", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), APPEND); FileChannel other = FileChannel.open(dir.resolve("a"), APPEND)) {
                Object first = channel.position();
                channel.write(bytes("d"));
                other.write(bytes("e"));
                channel.position(0).write(bytes("f"));
                channel.write(bytes("g"), 0);
                return new Object[] {first, channel.position(), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("closed channels", dir -> {
            FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ, WRITE);
            channel.close();
            channel.close();
            return new Object[] {failureOf(channel::size), failureOf(() -> channel.read(ByteBuffer.allocate(1))), failureOf(() -> channel.force(true)),
                failureOf(channel::lock), failureOf(() -> channel.truncate(0)), failureOf(() -> channel.map(MapMode.READ_ONLY, 0, 1)), failureOf(channel::position)};
        });
        cases.of("channels of one direction", dir -> {
            file(dir, "a", "abc");
            try (FileChannel in = FileChannel.open(dir.resolve("a"), READ); FileChannel out = FileChannel.open(dir.resolve("a"), WRITE)) {
                in.force(true);
                return new Object[] {failureOf(() -> in.write(bytes("x"))), failureOf(() -> in.truncate(0)), failureOf(() -> out.read(ByteBuffer.allocate(1))),
                    failureOf(() -> in.write(bytes("x"), 0)), failureOf(() -> out.map(MapMode.READ_ONLY, 0, 1))};
            }
        });
        cases.of("channels of directories", dir -> {
            try (FileChannel channel = FileChannel.open(dir)) {
                channel.force(true);
                return new Object[] {failureOf(() -> channel.read(ByteBuffer.allocate(1))), failureOf(() -> channel.read(ByteBuffer.allocate(1), 0)),
                    failureOf(() -> FileChannel.open(dir, WRITE)), failureOf(() -> FileChannel.open(dir, CREATE, WRITE))};
            }
        });
        cases.of("read-only buffers", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ)) {
                return channel.read(ByteBuffer.allocate(3).asReadOnlyBuffer());
            }
        });
        cases.of("deleted while it is open", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ, WRITE)) {
                Files.delete(dir.resolve("a"));
                channel.write(bytes("d"), 3);
                ByteBuffer four = ByteBuffer.allocate(4);
                return new Object[] {channel.read(four), four.array(), channel.size(), Files.exists(dir.resolve("a"))};
            }
        });
        cases.of("replaced while it is open", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "old"), READ)) {
                Files.move(file(dir, "b", "new"), dir.resolve("a"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                ByteBuffer three = ByteBuffer.allocate(3);
                channel.read(three);
                return new Object[] {three.array(), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("asynchronous channels", dir -> {
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(dir.resolve("a"), CREATE, READ, WRITE)) {
                ByteBuffer four = ByteBuffer.allocate(4);
                return new Object[] {channel.write(bytes("abc"), 1).get(), channel.read(four, 0).get(), four.array(), channel.read(four, 9).get(),
                    failureOf(() -> channel.read(ByteBuffer.allocate(1), -1)), channel.size(), channel.truncate(2).size()};
            }
        });
    }

    private static void transfers(Cases cases) throws IOException {
        cases.of("transfers", dir -> {
            file(dir, "a", "0123456789");
            try (FileChannel from = FileChannel.open(dir.resolve("a"), READ); FileChannel to = FileChannel.open(dir.resolve("b"), CREATE, READ, WRITE)) {
                return new Object[] {from.transferTo(3, 4, to), to.position(), from.position(), from.transferTo(8, 100, to), from.transferTo(10, 1, to),
                    from.transferTo(99, 1, to), from.transferTo(0, 0, to), to.transferFrom(from, 2, 3), from.position(), to.transferFrom(from, 1000, 3), to.size(),
                    Files.readAllBytes(dir.resolve("b"))};
            }
        });
        cases.of("transfers that are refused", dir -> {
            file(dir, "a", "0123456789");
            try (FileChannel in = FileChannel.open(dir.resolve("a"), READ); FileChannel out = FileChannel.open(dir.resolve("a"), WRITE)) {
                return new Object[] {failureOf(() -> in.transferTo(-1, 1, out)), failureOf(() -> in.transferTo(0, -1, out)), failureOf(() -> in.transferTo(0, 1, in)),
                    failureOf(() -> out.transferTo(0, 1, out)), failureOf(() -> in.transferFrom(in, 0, 1)), failureOf(() -> out.transferFrom(out, 0, 1))};
            }
        });
        cases.of("transfers within a file", dir -> {
            try (FileChannel one = FileChannel.open(file(dir, "a", "0123456789"), READ, WRITE); FileChannel two = FileChannel.open(dir.resolve("a"), WRITE)) {
                Object count = one.transferTo(0, 4, two.position(6));
                return new Object[] {count, Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("a large transfer", dir -> {
            byte[] large = new byte[3_000_001];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31 >> 4);
            }
            Files.write(dir.resolve("a"), large);
            try (FileChannel from = FileChannel.open(dir.resolve("a"), READ); FileChannel to = FileChannel.open(dir.resolve("b"), CREATE, WRITE)) {
                return new Object[] {from.transferTo(0, Long.MAX_VALUE, to), Arrays.equals(large, Files.readAllBytes(dir.resolve("b")))};
            }
        });
        cases.of("scattering and gathering", dir -> {
            try (FileChannel channel = FileChannel.open(dir.resolve("a"), CREATE, READ, WRITE)) {
                ByteBuffer[] parts = new ByteBuffer[40];
                Arrays.setAll(parts, i -> bytes("part" + i));
                Object written = channel.write(parts);
                ByteBuffer[] three = {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(2), ByteBuffer.allocate(4)};
                return new Object[] {written, channel.position(0).read(three), three[2].array(), channel.read(three), channel.write(new ByteBuffer[0]),
                    failureOf(() -> channel.read(three, 1, 9))};
            }
        });
    }

    private static void maps(Cases cases) throws IOException {
        cases.of("maps", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "0123456789"), READ, WRITE)) {
                MappedByteBuffer all = channel.map(MapMode.READ_ONLY, 0, 10);
                MappedByteBuffer part = channel.map(MapMode.PRIVATE, 3, 4);
                part.put(0, (byte) 'X');
                part.force();
                return new Object[] {(char) all.get(9), all.isReadOnly(), all.isDirect(), (char) part.get(0), part.isReadOnly(), all.order(),
                    channel.map(MapMode.READ_ONLY, 10, 0).capacity(), Files.readString(dir.resolve("a")), failureOf(() -> all.put(0, (byte) 1))};
            }
        });
        cases.of("maps that are refused", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "0123456789"), READ)) {
                return new Object[] {failureOf(() -> channel.map(MapMode.READ_ONLY, 0, 11)), failureOf(() -> channel.map(MapMode.READ_ONLY, -1, 1)),
                    failureOf(() -> channel.map(MapMode.READ_ONLY, 0, -1)), failureOf(() -> channel.map(MapMode.READ_ONLY, 0, 1L << 32)),
                    failureOf(() -> channel.map(MapMode.READ_WRITE, 0, 1)), failureOf(() -> channel.map(MapMode.PRIVATE, 0, 1)),
                    failureOf(() -> channel.map(null, 0, 1))};
            }
        });
        cases.of("a map outlives its channel and its name", dir -> {
            MappedByteBuffer map;
            try (FileChannel channel = FileChannel.open(file(dir, "a", "0123456789"), READ)) {
                map = channel.map(MapMode.READ_ONLY, 2, 3);
            }
            Files.delete(dir.resolve("a"));
            return new Object[] {(char) map.get(0), map.remaining()};
        });
    }

    private static void locks(Cases cases) throws IOException {
        cases.of("locks", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), READ, WRITE); FileChannel other = FileChannel.open(dir.resolve("a"), READ, WRITE)) {
                FileLock all = channel.lock();
                Object[] found = {all.isValid(), all.isShared(), all.position(), all.size(), all.overlaps(5, 1), failureOf(other::tryLock), failureOf(channel::tryLock)};
                all.release();
                FileLock shared = channel.lock(0, 10, true);
                FileLock beside = other.tryLock(10, 5, false);
                Object[] more = {all.isValid(), shared.isShared(), beside != null, failureOf(() -> other.tryLock(9, 1, true)), failureOf(() -> channel.lock(-1, 1, false)),
                    failureOf(() -> channel.lock(0, -1, false)), failureOf(() -> channel.lock(Long.MAX_VALUE, 2, false))};
                channel.close();
                return new Object[] {found, more, shared.isValid(), beside.isValid(), failureOf(shared::release)};
            }
        });
        cases.of("locks that do not fit", dir -> {
            file(dir, "a", "abc");
            try (FileChannel in = FileChannel.open(dir.resolve("a"), READ); FileChannel out = FileChannel.open(dir.resolve("a"), WRITE)) {
                FileLock shared = in.tryLock(0, 1, true);
                return new Object[] {failureOf(in::tryLock), failureOf(() -> out.tryLock(0, 1, true)), shared.isShared(), out.tryLock(5, 1, false).acquiredBy() == out};
            }
        });
        cases.of("locks are given back", dir -> {
            try (FileChannel channel = FileChannel.open(file(dir, "a", "abc"), WRITE)) {
                List<Boolean> valid = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    try (FileLock lock = channel.lock(0, Long.MAX_VALUE, false)) {
                        valid.add(lock.isValid());
                    }
                }
                return valid;
            }
        });
    }

    private static void randomAccess(Cases cases) throws IOException {
        cases.of("modes of random access", dir -> new Object[] {failureOf(() -> new RandomAccessFile(dir.resolve("a").toFile(), "x")),
            failureOf(() -> new RandomAccessFile(dir.resolve("a").toFile(), "w")), failureOf(() -> new RandomAccessFile(dir.resolve("a").toFile(), "r")),
            failureOf(() -> new RandomAccessFile(dir.toFile(), "r")), failureOf(() -> new RandomAccessFile(dir.toFile(), "rw")),
            failureOf(() -> new RandomAccessFile(dir.resolve("d/a").toFile(), "rw")), failureOf(() -> new RandomAccessFile((File) null, "r")),
            failureOf(() -> new RandomAccessFile("", "rw"))});
        cases.of("random access", dir -> {
            try (RandomAccessFile file = new RandomAccessFile(dir.resolve("a").toFile(), "rws")) {
                file.writeUTF("Grüße");
                file.writeLong(-2);
                file.seek(20);
                Object beyond = file.length() + "/" + file.getFilePointer() + "/" + file.read() + "/" + file.skipBytes(5);
                file.writeByte(7);
                file.setLength(30);
                Object grown = file.length() + "/" + file.getFilePointer();
                file.setLength(10);
                Object cut = file.length() + "/" + file.getFilePointer();
                file.seek(0);
                return new Object[] {beyond, grown, cut, file.readUTF(), failureOf(file::readLong), failureOf(() -> file.seek(-1)), failureOf(() -> file.setLength(-1)),
                    file.read(new byte[0]), file.read(new byte[5]), failureOf(() -> file.readFully(new byte[1]))};
            }
        });
        cases.of("random access that is refused", dir -> {
            RandomAccessFile file = new RandomAccessFile(file(dir, "a", "abc").toFile(), "r");
            Object[] open = {failureOf(() -> file.write(1)), failureOf(() -> file.setLength(1)), failureOf(() -> file.write(new byte[2], 1, 2)), file.readLine(), file.readLine()};
            file.close();
            return new Object[] {open, failureOf(file::read), failureOf(file::length), failureOf(() -> file.seek(0)), failureOf(file::getFilePointer), failureOf(file::getChannel)};
        });
        cases.of("random access and its channel", dir -> {
            try (RandomAccessFile file = new RandomAccessFile(file(dir, "a", "abcdef").toFile(), "rw"); FileChannel channel = file.getChannel()) {
                file.seek(3);
                Object position = channel.position();
                channel.position(5);
                channel.truncate(4);
                return new Object[] {position, file.getFilePointer(), file.length(), channel == file.getChannel()};
            }
        });
    }

    private static void files(Cases cases) throws IOException {
        cases.of("files that are missing", dir -> {
            File none = dir.resolve("none").toFile();
            return new Object[] {none.exists(), none.isFile(), none.length(), none.lastModified(), none.list(), none.delete(), none.renameTo(dir.resolve("x").toFile()),
                none.setLastModified(1), none.canRead(), none.setWritable(true), none.getTotalSpace(), none.mkdirs(), none.mkdir(), none.isDirectory()};
        });
        cases.of("renaming files", dir -> {
            File a = file(dir, "a", "a").toFile();
            File b = file(dir, "b", "b").toFile();
            File d = Files.createDirectory(dir.resolve("d")).toFile();
            Object[] found = {a.renameTo(b), a.exists(), b.renameTo(d), d.renameTo(b), d.renameTo(new File(d, "x")), b.renameTo(new File(dir.toFile(), "none/x"))};
            return new Object[] {found, Files.readString(b.toPath())};
        });
        cases.of("listing files", dir -> {
            file(dir, "b", "");
            file(dir, "a", "");
            String[] names = dir.toFile().list((folder, name) -> name.startsWith("a"));
            File[] all = dir.toFile().listFiles();
            Arrays.sort(all);
            return new Object[] {names, all.length, all[0].getName(), file(dir, "f", "").toFile().listFiles(), new File("").list() == null};
        });
        cases.of("creating files", dir -> new Object[] {new File(dir.toFile(), "a").createNewFile(), new File(dir.toFile(), "a").createNewFile(),
            failureOf(() -> new File(dir.toFile(), "d/a").createNewFile()), failureOf(() -> new File(dir.toFile(), "a/b").createNewFile()), dir.toFile().createNewFile(),
            failureOf(() -> new File("").createNewFile()), failureOf(() -> new File("a\0b").createNewFile())});
        cases.of("deleting files", dir -> {
            Files.createDirectories(dir.resolve("d/e"));
            Files.createSymbolicLink(dir.resolve("l"), Path.of("d"));
            return new Object[] {new File(dir.toFile(), "d").delete(), new File(dir.toFile(), "l").delete(), new File(dir.toFile(), "d/e").delete(), Files.exists(dir.resolve("d"))};
        });
        cases.of("permissions of files", dir -> {
            File file = file(dir, "a", "").toFile();
            Object[] done = {file.setReadable(false, false), file.setWritable(false, false), file.setExecutable(true, true), file.canExecute()};
            return new Object[] {done, PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())), file.setReadOnly(), file.setReadable(true, false),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath()))};
        });
        cases.of("times of files", dir -> {
            File file = file(dir, "a", "").toFile();
            return new Object[] {file.setLastModified(1_234_567_891_234L), file.lastModified(), failureOf(() -> file.setLastModified(-1)), file.setLastModified(0), file.lastModified()};
        });
        cases.of("canonical files", dir -> {
            Files.createDirectories(dir.resolve("a/b"));
            Files.createSymbolicLink(dir.resolve("l"), Path.of("a/b"));
            Files.createSymbolicLink(dir.resolve("c1"), Path.of("c2"));
            Files.createSymbolicLink(dir.resolve("c2"), Path.of("c1"));
            return new Object[] {new File(dir.toFile(), "l/../x").getCanonicalPath(), new File(dir.toFile(), "./a//b/").getCanonicalPath(),
                new File(dir.toFile(), "none/none/..").getCanonicalPath(), failureOf(() -> new File("a\0b").getCanonicalPath()), new File("/../..").getCanonicalPath()};
        });
        cases.of("temporary files of java.io", dir -> new Object[] {failureOf(() -> File.createTempFile("ab", null, dir.toFile())),
            failureOf(() -> File.createTempFile("abc", null, new File(dir.toFile(), "none"))), failureOf(() -> File.createTempFile("abc", null, file(dir, "f", "").toFile())),
            File.createTempFile("abc", ".x", dir.toFile()).getName().endsWith(".x"), File.createTempFile("abc", null, dir.toFile()).getName().endsWith(".tmp")});
    }

    private static void fileStreams(Cases cases) throws IOException {
        cases.of("opening streams", dir -> new Object[] {failureOf(() -> new FileInputStream(dir.resolve("none").toFile())), failureOf(() -> new FileInputStream(dir.toFile())),
            failureOf(() -> new FileOutputStream(dir.toFile())), failureOf(() -> new FileOutputStream(dir.resolve("d/x").toFile())),
            failureOf(() -> new FileOutputStream(new File(file(dir, "f", "").toFile(), "x"))), failureOf(() -> new FileInputStream("")),
            failureOf(() -> new FileInputStream("a\0b")), failureOf(() -> new FileOutputStream(dir.resolve("x".repeat(256)).toFile())).replace("x".repeat(256), "LONG")});
        cases.of("skipping", dir -> {
            try (FileInputStream in = new FileInputStream(file(dir, "a", "0123456789").toFile())) {
                return new Object[] {in.available(), in.skip(4), in.available(), in.skip(-2), in.read(), failureOf(() -> in.skip(-100)), in.skip(100), in.available(),
                    in.read(), in.readAllBytes().length, failureOf(() -> in.read(new byte[2], 1, 2)), in.markSupported()};
            }
        });
        cases.of("appending streams", dir -> {
            try (FileOutputStream one = new FileOutputStream(dir.resolve("a").toFile(), true); FileOutputStream two = new FileOutputStream(dir.resolve("a").toFile(), true)) {
                one.write('1');
                two.write('2');
                one.write(new byte[] {'3', '4'}, 1, 1);
                return new Object[] {one.getChannel().position(), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("a truncating stream beside another", dir -> {
            try (FileOutputStream one = new FileOutputStream(dir.resolve("a").toFile())) {
                one.write(new byte[] {'1', '2', '3'});
                try (FileOutputStream two = new FileOutputStream(dir.resolve("a").toFile())) {
                    two.write('x');
                    one.write('4');
                    two.getFD().sync();
                }
                return Files.readAllBytes(dir.resolve("a"));
            }
        });
        cases.of("closed streams", dir -> {
            FileInputStream in = new FileInputStream(file(dir, "a", "abc").toFile());
            FileOutputStream out = new FileOutputStream(dir.resolve("b").toFile());
            in.close();
            out.close();
            return new Object[] {failureOf(in::read), failureOf(in::available), failureOf(() -> in.skip(1)), failureOf(() -> out.write(1)), failureOf(() -> out.getFD().sync()),
                failureOf(in::getChannel), failureOf(in::readAllBytes)};
        });
    }
}
