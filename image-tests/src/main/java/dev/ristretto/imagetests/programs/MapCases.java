package dev.ristretto.imagetests.programs;

import static dev.ristretto.imagetests.programs.Cases.failureOf;
import static dev.ristretto.imagetests.programs.Cases.file;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;

/** As {@link FileCases}: maps that are written to, and what else sees of it. */
final class MapCases {
    private static final int PAGE = 4096;

    private MapCases() {
    }

    static void run(Cases cases) throws IOException {
        alone(cases);
        besideCalls(cases);
        besideEachOther(cases);
        ends(cases);
        arenas(cases);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, CREATE, READ, WRITE);
    }

    private static String text(ByteBuffer map, int from, int length) {
        byte[] part = new byte[length];
        map.get(from, part);
        return new String(part, StandardCharsets.ISO_8859_1);
    }

    private static void alone(Cases cases) throws IOException {
        cases.of("a map to write to", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 2, 6);
                map.put(0, bytes("ABC"));
                Object atOnce = Files.readString(dir.resolve("a"));
                return new Object[] {atOnce, map.force() == map, Files.readString(dir.resolve("a")), map.isReadOnly(), map.isDirect(), map.capacity(), map.order(),
                    channel.size(), channel.position(), failureOf(() -> map.put(6, (byte) 1))};
            }
        });
        cases.of("a map makes a file longer", dir -> {
            try (FileChannel channel = open(file(dir, "a", "abc"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 5000, 100);
                Object size = channel.size() + "/" + Files.size(dir.resolve("a"));
                map.put(99, (byte) 'x').put(0, (byte) 'y');
                map.force();
                byte[] all = Files.readAllBytes(dir.resolve("a"));
                return new Object[] {size, all.length, (char) all[5099], (char) all[5000], all, channel.map(MapMode.READ_WRITE, 6000, 0).capacity(), channel.size(),
                    channel.map(MapMode.PRIVATE, 7000, 10).get(9), channel.size()};
            }
        });
        cases.of("maps to write to that are refused", dir -> {
            file(dir, "a", "abc");
            try (FileChannel in = FileChannel.open(dir.resolve("a"), READ); FileChannel out = FileChannel.open(dir.resolve("a"), WRITE);
                    FileChannel append = FileChannel.open(dir.resolve("a"), APPEND); FileChannel both = open(dir.resolve("a"))) {
                return new Object[] {failureOf(() -> in.map(MapMode.READ_WRITE, 0, 1)), failureOf(() -> out.map(MapMode.READ_WRITE, 0, 1)),
                    failureOf(() -> append.map(MapMode.READ_WRITE, 0, 1)), failureOf(() -> both.map(MapMode.READ_WRITE, 0, 1L << 32)),
                    failureOf(() -> both.map(MapMode.READ_WRITE, -1, 1)), failureOf(() -> both.map(MapMode.READ_WRITE, Long.MAX_VALUE, 1)), both.size()};
            }
        });
        cases.of("forcing part of a map", dir -> {
            try (FileChannel channel = open(dir.resolve("a"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 100, 3 * PAGE);
                map.put(2 * PAGE, (byte) 'x');
                map.force(2 * PAGE, 1);
                map.slice(PAGE, PAGE).put(3, (byte) 'y');
                map.slice(PAGE, PAGE).force();
                map.force(0, 0);
                return new Object[] {failureOf(() -> map.force(1, 3 * PAGE)), failureOf(() -> map.force(-1, 1)), Files.readAllBytes(dir.resolve("a")), map.load().isLoaded()};
            }
        });
        cases.of("views of a map", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789abcdef"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 16);
                map.slice(3, 4).put(0, (byte) 'S');
                map.duplicate().position(8).asLongBuffer().put(0, 0x4142434445464748L);
                map.asCharBuffer().put(0, '\u4a4b');
                map.position(5).compact();
                return new Object[] {failureOf(() -> map.asReadOnlyBuffer().put(0, (byte) 1)), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("a large map", dir -> {
            try (FileChannel channel = open(dir.resolve("a"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 5_000_001);
                Random random = new Random(1);
                for (int i = 0; i < 2000; i++) {
                    map.put(random.nextInt(map.capacity()), (byte) i);
                }
                Object before = Files.readAllBytes(dir.resolve("a"));
                map.force();
                return new Object[] {before, Files.readAllBytes(dir.resolve("a"))};
            }
        });
        cases.of("what is written by a map changes a file's time", dir -> {
            try (FileChannel channel = open(file(dir, "a", "abc"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 3);
                Files.setLastModifiedTime(dir.resolve("a"), FileTime.fromMillis(0));
                map.put(0, (byte) 'x');
                map.force();
                return Files.getLastModifiedTime(dir.resolve("a")).toMillis() > 0;
            }
        });
    }

    private static void besideCalls(Cases cases) throws IOException {
        cases.of("calls see what a map has and the other way round", dir -> {
            try (FileChannel channel = open(file(dir, "a", "a".repeat(3 * PAGE))); RandomAccessFile other = new RandomAccessFile(dir.resolve("a").toFile(), "rw")) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, PAGE, PAGE);
                map.put(0, bytes("map"));
                ByteBuffer ten = ByteBuffer.allocate(10);
                channel.read(ten, PAGE - 3);
                other.seek(PAGE + 1);
                Object read = other.read();
                other.seek(PAGE - 1);
                other.write(bytes("1234"));
                channel.write(ByteBuffer.wrap(bytes("end")), 2 * PAGE - 1);
                map.put(PAGE - 2, (byte) 'Z');
                return new Object[] {ten.array(), read, text(map, 0, 6), text(map, PAGE - 4, 4), Files.readString(dir.resolve("a")).substring(PAGE - 3, PAGE + 6),
                    Files.readString(dir.resolve("a")).substring(2 * PAGE - 4, 2 * PAGE + 4)};
            }
        });
        cases.of("what a call wrote is not undone by a map", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                map.force();
                Files.write(dir.resolve("a"), bytes("abcdef"), WRITE);
                map.force();
                channel.force(true);
                return new Object[] {text(map, 0, 10), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("appending to a mapped file", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789")); FileChannel append = FileChannel.open(dir.resolve("a"), APPEND)) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 20);
                append.write(ByteBuffer.wrap(bytes("more")));
                map.put(0, (byte) 'm');
                return new Object[] {text(map, 8, 12), channel.size(), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("a mapped file is cut off and grows again", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                map.put(1, (byte) 'x');
                channel.truncate(5);
                Object cut = text(map, 0, 10);
                channel.write(ByteBuffer.wrap(bytes("8")), 8);
                map.put(9, (byte) 'n');
                channel.write(ByteBuffer.wrap(bytes("w")), 11);
                return new Object[] {cut, channel.size(), text(map, 0, 9), Files.readString(dir.resolve("a")).substring(0, 9)};
            }
        });
        cases.of("emptied while it is mapped", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                Files.write(dir.resolve("a"), bytes("new"));
                map.put(0, (byte) 'N');
                return new Object[] {channel.size(), text(map, 0, 3), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("transfers from and to mapped files", dir -> {
            try (FileChannel from = open(file(dir, "a", "a".repeat(50_000))); FileChannel to = open(file(dir, "b", "b".repeat(50_000)))) {
                MappedByteBuffer source = from.map(MapMode.READ_WRITE, 0, 50_000);
                MappedByteBuffer target = to.map(MapMode.READ_WRITE, 0, 50_000);
                source.put(0, bytes("first")).put(49_995, bytes("final"));
                Object moved = from.transferTo(0, 50_000, to);
                Object seen = text(target, 0, 6) + text(target, 49_994, 6);
                target.put(1, (byte) 'T');
                return new Object[] {moved, seen, from.transferFrom(to.position(0), 100, 200), text(source, 99, 6), Files.readAllBytes(dir.resolve("a"))};
            }
        });
        cases.of("copying a mapped file", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                channel.map(MapMode.READ_WRITE, 0, 10).put(0, (byte) 'C');
                Files.copy(dir.resolve("a"), dir.resolve("b"));
                return Files.readString(dir.resolve("b"));
            }
        });
        cases.of("a map is read into and written from", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789")); FileChannel other = open(file(dir, "b", "abcdefghij"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                Object read = other.read(map.slice(0, 4));
                Object written = other.write(map.slice(2, 8), 5);
                Object own = channel.write(map.slice(0, 3), 3);
                Object back = channel.read(map.slice(0, 2), 8);
                return new Object[] {read, written, own, back, Files.readString(dir.resolve("a")), Files.readString(dir.resolve("b"))};
            }
        });
        cases.of("a mapped file is read asynchronously", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789")); AsynchronousFileChannel other = AsynchronousFileChannel.open(dir.resolve("a"), READ, WRITE)) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                map.put(0, (byte) 'x');
                ByteBuffer ten = ByteBuffer.allocate(10);
                return new Object[] {other.read(ten, 0).get(), ten.array(), other.write(ByteBuffer.wrap(bytes("yz")), 4).get(), text(map, 0, 10)};
            }
        });
    }

    private static void besideEachOther(Cases cases) throws IOException {
        cases.of("maps of one file", dir -> {
            try (FileChannel one = open(file(dir, "a", "a".repeat(4 * PAGE))); FileChannel two = FileChannel.open(dir.resolve("a"), READ)) {
                MappedByteBuffer left = one.map(MapMode.READ_WRITE, 0, 2 * PAGE + 10);
                MappedByteBuffer right = one.map(MapMode.READ_WRITE, PAGE + 5, 3 * PAGE - 5);
                MappedByteBuffer reader = two.map(MapMode.READ_ONLY, 0, 4 * PAGE);
                left.put(PAGE + 7, bytes("left"));
                right.put(4, bytes("right"));
                return new Object[] {text(reader, PAGE + 4, 15), text(left, PAGE + 4, 15), text(right, 0, 12), Files.readString(dir.resolve("a")).substring(PAGE, PAGE + 20)};
            }
        });
        cases.of("a map that is only read sees others", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer reader = channel.map(MapMode.READ_ONLY, 0, 10);
                channel.write(ByteBuffer.wrap(bytes("call")), 0);
                channel.map(MapMode.READ_WRITE, 0, 10).put(5, bytes("map"));
                return text(reader, 0, 10);
            }
        });
        cases.of("private maps beside others", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 10);
                map.put(0, (byte) 'x');
                MappedByteBuffer mine = channel.map(MapMode.PRIVATE, 0, 10);
                mine.put(1, (byte) 'p');
                mine.force();
                map.put(2, (byte) 'y');
                return new Object[] {text(mine, 0, 2), text(map, 0, 10), Files.readString(dir.resolve("a"))};
            }
        });
        cases.of("a file that grows is mapped anew", dir -> {
            try (FileChannel channel = open(dir.resolve("a"))) {
                MappedByteBuffer[] maps = new MappedByteBuffer[6];
                StringBuilder seen = new StringBuilder();
                for (int i = 0; i < maps.length; i++) {
                    maps[i] = channel.map(MapMode.READ_WRITE, 0, 1L << 2 * i + 8);
                    maps[i].put(i, (byte) ('A' + i)).put(maps[i].capacity() - 1, (byte) 'e');
                    seen.append(text(maps[0], 0, 6)).append(channel.size());
                }
                return new Object[] {seen, Files.readAllBytes(dir.resolve("a"))};
            }
        });
        cases.of("threads that share a map", dir -> {
            try (FileChannel channel = open(dir.resolve("a"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 8 * PAGE);
                Thread[] threads = new Thread[4];
                for (int i = 0; i < threads.length; i++) {
                    int from = i;
                    threads[i] = Thread.ofPlatform().start(() -> {
                        for (int at = from; at < map.capacity(); at += threads.length) {
                            map.put(at, (byte) (at * 7));
                            if (at % 1000 == from) {
                                map.force();
                            }
                        }
                    });
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                map.force();
                return Files.readAllBytes(dir.resolve("a"));
            }
        });
    }

    private static void ends(Cases cases) throws IOException {
        cases.of("a map to write to outlives its channel and its name", dir -> {
            MappedByteBuffer map;
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                map = channel.map(MapMode.READ_WRITE, 0, 10);
            }
            map.put(0, (byte) 'x');
            Object there = Files.readString(dir.resolve("a"));
            Files.move(dir.resolve("a"), dir.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
            map.put(1, (byte) 'y');
            Object moved = Files.readString(dir.resolve("b"));
            Files.delete(dir.resolve("b"));
            map.put(2, (byte) 'z');
            map.force();
            return new Object[] {there, moved, text(map, 0, 10)};
        });
        cases.of("a file of the same name is another one", dir -> {
            try (FileChannel channel = open(file(dir, "a", "old"))) {
                MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 3);
                Files.move(file(dir, "b", "new"), dir.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
                map.put(0, (byte) 'O');
                map.force();
                return new Object[] {Files.readString(dir.resolve("a")), text(map, 0, 3)};
            }
        });
        cases.of("a map by another name", dir -> {
            try (FileChannel channel = open(file(dir, "a", "abc"))) {
                Files.createLink(dir.resolve("b"), dir.resolve("a"));
                channel.map(MapMode.READ_WRITE, 0, 3).put(0, (byte) 'x');
                return new Object[] {Files.readString(dir.resolve("b")), Files.readString(dir.resolve("a"))};
            }
        });
    }

    private static void arenas(Cases cases) throws IOException {
        cases.of("maps with an arena", dir -> {
            try (FileChannel channel = open(file(dir, "a", "0123456789"))) {
                Arena arena = Arena.ofConfined();
                MemorySegment segment = channel.map(MapMode.READ_WRITE, 3, 20, arena);
                ByteBuffer view = segment.asByteBuffer();
                view.put(0, bytes("arena"));
                segment.force();
                Object forced = Files.readAllBytes(dir.resolve("a"));
                view.put(19, (byte) 'e');
                Object[] told = {segment.byteSize(), segment.isMapped(), segment.isNative(), segment.isReadOnly(), segment.isLoaded(), channel.size()};
                arena.close();
                return new Object[] {forced, told, failureOf(segment::force), failureOf(() -> view.get(0)), failureOf(arena::close), Files.readAllBytes(dir.resolve("a"))};
            }
        });
        cases.of("maps with arenas share memory", dir -> {
            try (FileChannel channel = open(file(dir, "a", "a".repeat(2 * PAGE))); Arena outer = Arena.ofConfined()) {
                ByteBuffer stays = channel.map(MapMode.READ_ONLY, 0, 2 * PAGE, outer).asByteBuffer();
                try (Arena inner = Arena.ofConfined()) {
                    channel.map(MapMode.READ_WRITE, PAGE, PAGE, inner).asByteBuffer().put(0, bytes("inner"));
                }
                return new Object[] {text(stays, PAGE - 1, 7), channel.map(MapMode.READ_ONLY, 0, 0, outer).byteSize(),
                    failureOf(() -> channel.map(MapMode.READ_WRITE, 0, -1, outer)), Files.readString(dir.resolve("a")).substring(PAGE - 1, PAGE + 6)};
            }
        });
    }
}
