package dev.ristretto.bench;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An image beside Linux and HotSpot with the same jar, both in the same QEMU with the same machine, one translated processor and a TAP device. They
 * take turns, so that a busy moment of the host meets both. To be run in a network namespace of its own, with the right to make devices there.
 * Arguments: the image, the folder of the Linux guest, its first program, number of starts, seconds of the processor time that QEMU gets to warm up
 * (on a busy host the JVM's compiler needs longer).
 */
public final class GuestBench {
    static final int HTTP_PORT = 8080;
    private static final int BULK_PORT = 9000;

    private static final String OURS = "image";
    private static final String LINUX = "Linux";
    private static final String INTERPRETER = "Linux, interpreter";
    /** Starts soonest of all, and serves slowest. */
    private static final String INTERPRETER_OPTIONS = "-Xint";

    /** Serves many requests in the time that a trial has, and keeps less in memory than the other compiler. */
    private static final String LITTLE_MEMORY_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=8m -Xmx12m -Xss256k";

    private static final int MEMORY_MIB = 512;
    private static final int START_SECONDS = 60;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 10;
    private static final int WARM_UP_PIECE = 5;
    private static final int BULK_BYTES = 256 << 20;
    private static final List<Integer> PERCENTAGES = List.of(50, 90, 99);

    private final Path image;
    private final Path folder;
    private final Tap ourTap = Tap.make(1);
    private final Tap linuxTap = Tap.make(2);

    private GuestBench(Path image, Path folder) throws IOException, InterruptedException {
        this.image = image;
        this.folder = folder;
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[1]);
        LinuxGuest.pack(folder, Path.of(args[2]));
        GuestBench bench = new GuestBench(Path.of(args[0]), folder);
        Load.say();
        bench.firstResponse(Integer.parseInt(args[3]));
        bench.load(Integer.parseInt(args[4]));
        bench.leastMemory();
        Load.say();
    }

    private Guest ours() {
        return Guest.image(OURS, image, ourTap, "");
    }

    private void firstResponse(int runs) throws IOException, InterruptedException {
        Map<String, Series> first = new LinkedHashMap<>();
        Map<String, Series> processor = new LinkedHashMap<>();
        List<Guest> guests = List.of(ours(), Guest.linux(INTERPRETER, folder, linuxTap, INTERPRETER_OPTIONS), Guest.linux(LINUX, folder, linuxTap, ""));
        for (Tap tap : List.of(ourTap, linuxTap)) {
            tap.shortQueue(true);
        }
        for (int run = -1; run < runs; run++) { // the first round fills caches and is not counted
            for (Guest guest : guests) {
                try (Guest.Running running = guest.start(MEMORY_MIB)) {
                    add(first, run, guest.name(), FirstResponse.await(running, START_SECONDS));
                    add(processor, run, guest.name(), running.processorMillis());
                }
            }
        }
        for (Tap tap : List.of(ourTap, linuxTap)) {
            tap.shortQueue(false);
        }
        Table.print("start of QEMU to the first response, ms", first);
        printSooner(first);
        Table.print("processor time of QEMU's until then, ms", processor);
        printSooner(processor);
    }

    private static void printSooner(Map<String, Series> series) {
        for (String name : List.of(INTERPRETER, LINUX)) {
            Table.printRatio(name + " to image", series.get(name), series.get(OURS));
        }
    }

    private static void add(Map<String, Series> into, int run, String name, double value) {
        if (run >= 0) {
            into.computeIfAbsent(name, key -> new Series()).add(value);
        }
    }

    private void load(int warmUp) throws IOException, InterruptedException {
        try (Guest.Running ours = ours().start(MEMORY_MIB); Guest.Running linux = Guest.linux(LINUX, folder, linuxTap, "").start(MEMORY_MIB)) {
            List<Guest.Running> guests = List.of(ours, linux);
            for (Guest.Running guest : guests) {
                FirstResponse.await(guest, START_SECONDS);
            }
            for (Guest.Running guest : guests) {
                double start = guest.processorMillis();
                while (guest.processorMillis() < start + warmUp * 1e3) {
                    Wrk.run(url(guest), 16, WARM_UP_PIECE);
                }
            }
            for (int connections : new int[] {16, 256}) {
                requests(guests, connections);
            }
            requests(guests, 16, "Connection: close");
            bulk(guests);
        }
    }

    private static String url(Guest.Running guest) {
        return "http://" + guest.guest().tap().guestAddress() + ":" + HTTP_PORT + "/";
    }

    private static void requests(List<Guest.Running> guests, int connections, String... headers) throws IOException, InterruptedException {
        Map<String, Series> rates = new LinkedHashMap<>();
        Map<String, Series> processor = new LinkedHashMap<>();
        Map<Integer, Map<String, Series>> latencies = new LinkedHashMap<>();
        StringBuilder errors = new StringBuilder();
        for (int round = -1; round < ROUNDS; round++) { // the first one opens and warms up what this needs
            for (Guest.Running guest : guests) {
                double before = guest.processorMillis();
                Wrk found = Wrk.run(url(guest), connections, SECONDS, headers);
                String name = guest.guest().name();
                add(processor, round, name, (guest.processorMillis() - before) * 1e3 / (found.requestsPerSecond() * SECONDS));
                add(rates, round, name, found.requestsPerSecond());
                for (int percentage : PERCENTAGES) {
                    add(latencies.computeIfAbsent(percentage, key -> new LinkedHashMap<>()), round, name, found.millisByPercentage().get(percentage));
                }
                if (!found.errors().isEmpty()) {
                    errors.append("  ").append(name).append(": ").append(found.errors()).append('\n');
                }
            }
        }
        String what = connections + (headers.length == 0 ? " keep-alive connections" : " connections at a time, a new one for each request")
                + ", wrk with one thread, " + SECONDS + " s each";
        Table.print("requests per second, " + what, rates);
        Table.printRatio("image to Linux", rates.get(OURS), rates.get(LINUX));
        Table.print("processor time of QEMU's for each of them, us", processor);
        Table.printRatio("Linux to image", processor.get(LINUX), processor.get(OURS));
        latencies.forEach((percentage, series) -> {
            Table.print("latency, " + percentage + " %, ms, " + what, series);
            Table.printRatio("image to Linux", series.get(OURS), series.get(LINUX));
        });
        if (!errors.isEmpty()) {
            System.out.print("  The server keeps 200 connections that wait, and closes without saying so in a response; wrk calls both read errors.\n"
                    + errors);
        }
    }

    private static void bulk(List<Guest.Running> guests) throws IOException, InterruptedException {
        for (boolean isFromGuest : new boolean[] {true, false}) {
            Map<String, Series> rates = new LinkedHashMap<>();
            for (int round = -1; round < ROUNDS; round++) {
                for (Guest.Running guest : guests) {
                    long start = System.nanoTime();
                    carry(guest.guest().tap().guestAddress(), isFromGuest ? BULK_BYTES : -BULK_BYTES);
                    add(rates, round, guest.guest().name(), BULK_BYTES * 1e3 / (System.nanoTime() - start));
                }
            }
            Table.print("one TCP connection " + (isFromGuest ? "from" : "to") + " the guest, MB/s", rates);
            Table.printRatio("image to Linux", rates.get(OURS), rates.get(LINUX));
        }
    }

    /** Takes so many bytes from the guest, or gives it the opposite number; see the guest's own class for this. */
    private static void carry(String address, long count) throws IOException {
        byte[] piece = new byte[64 << 10];
        try (Socket socket = new Socket(address, BULK_PORT)) {
            OutputStream out = socket.getOutputStream();
            new DataOutputStream(out).writeLong(count);
            for (long left = -count; left > 0; left -= piece.length) {
                out.write(piece);
            }
            InputStream in = socket.getInputStream();
            for (long left = Math.max(1, count); left > 0;) {
                int got = in.read(piece);
                if (got < 0) {
                    throw new EOFException("the guest sent too little");
                }
                left -= got;
            }
        }
    }

    private void leastMemory() throws IOException, InterruptedException {
        System.out.printf("%nLeast memory that serves %d requests, MiB%n", Requests.COUNT);
        int ours = leastMemory(ours(), 16, 80);
        int linux = leastMemory(Guest.linux(LINUX, folder, linuxTap, LITTLE_MEMORY_OPTIONS), 64, 128);
        System.out.printf(Locale.ROOT, "  image %d, Linux %d: %.2f%n", ours, linux, (double) linux / ours);
    }

    private static int leastMemory(Guest guest, int tooLittle, int most) throws IOException, InterruptedException {
        int least = LeastMemory.find(tooLittle, most, memory -> serves(guest, memory));
        if (least == most && !serves(guest, most)) {
            throw new IOException(guest.name() + " needs more than " + most + " MiB");
        }
        return least;
    }

    private static boolean serves(Guest guest, int memoryMib) throws InterruptedException {
        int served = 0;
        String why = "";
        try (Guest.Running running = guest.start(memoryMib)) {
            FirstResponse.await(running, START_SECONDS);
            served = Requests.served(url(running));
        } catch (IOException e) {
            why = ": " + e.getMessage().lines().findFirst().orElse("");
        }
        System.out.println("  " + guest.name() + " with " + memoryMib + ": served " + served + why);
        return served == Requests.COUNT;
    }
}
