package dev.ristretto.bench;

import dev.ristretto.launcher.gateway.Gateway;
import dev.ristretto.launcher.network.Forward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A web server as a process behind the launcher's gateway, and on a TAP device where one may be made, beside HotSpot with the same jar on the
 * host's own sockets. They take turns. Arguments: the java command, image and jar, number of runs, the script {@code ristretto}, seconds to
 * warm up under load.
 */
public final class HttpBench {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 5;
    /** Bytes, as {@code ristretto run} has it. */
    private static final int MEMORY = 128 << 20;
    private static final int SECONDS = 5;

    private HttpBench() { }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String java = args[0];
        Path image = Path.of(args[1]);
        Path jar = Path.of(args[2]);
        firstResponse(java, image, jar, Integer.parseInt(args[3]));
        if (Wrk.isInstalled()) {
            load(java, image, jar, args[4], Integer.parseInt(args[5]));
        } else {
            System.out.println("\nwrk is not installed: no requests per second (apt-get install wrk)");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void firstResponse(String java, Path image, Path jar, int runs) throws IOException, InterruptedException {
        Map<String, Series> first = new LinkedHashMap<>();
        for (int run = -2; run < runs; run++) { // the first rounds fill caches, and warm up this JVM, which is the gateway's; they are not counted
            int port = freePort();
            try (Gateway gateway = Gateway.open(Path.of("/tmp"), List.of(new Forward("127.0.0.1", port, 8080, false)), null, System.err::println)) {
                ProcessBuilder builder = new ProcessBuilder(image.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
                builder.environment().put("RISTRETTO_OPTIONS", "ristretto.memory=" + MEMORY + " ristretto.net=" + gateway.socket());
                add(first, run, "process", responseAfter(builder, port));
            }
            port = freePort();
            ProcessBuilder builder = new ProcessBuilder(java, "-Xshare:auto", "-jar", jar.toString(), Integer.toString(port))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            add(first, run, "HotSpot", responseAfter(builder, port));
        }
        Table.print("http: start of the process to the end of the first response, ms", first);
    }

    private static void add(Map<String, Series> into, int run, String name, double value) {
        if (run >= 0) {
            into.computeIfAbsent(name, key -> new Series()).add(value);
        }
    }

    private static double responseAfter(ProcessBuilder builder, int port) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            while (!isAnswered(port)) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30) || !process.isAlive()) {
                    throw new IOException(builder.command() + " does not answer");
                }
                Thread.sleep(0, 100_000);
            }
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean isAnswered(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private static void load(String java, Path image, Path jar, String script, int warmUp) throws IOException, InterruptedException {
        List<WebServer> servers = new ArrayList<>();
        try {
            int port = freePort();
            servers.add(WebServer.start("process, gateway", "127.0.0.1", port,
                    new ProcessBuilder(script, "run", "--on", "process", "-p", port + ":8080", image.toString())));
            Tap tap = tap();
            if (tap != null) {
                ProcessBuilder onTap = new ProcessBuilder(image.toString());
                onTap.environment().put("RISTRETTO_OPTIONS", "ristretto.memory=" + MEMORY + " ristretto.net=tap:" + tap.device() + " ristretto.mac="
                        + tap.mac() + " ip=" + tap.guestAddress() + "/24");
                servers.add(WebServer.start("process, TAP", tap.guestAddress(), 8080, onTap));
            }
            port = freePort();
            WebServer hotspot = WebServer.start("HotSpot", "127.0.0.1", port, new ProcessBuilder(java, "-jar", jar.toString(), Integer.toString(port)));
            servers.add(hotspot);
            for (int connections : new int[] {16, 256}) {
                compare(servers, hotspot, connections, warmUp);
            }
            System.out.printf("%nhttp: greatest resident memory after that, MiB%n");
            for (WebServer server : servers) {
                for (ProcessHandle process : server.processes()) {
                    System.out.printf(Locale.ROOT, "  %-16s %-30s %.1f%n", server.name(), process.info().command().orElse(""), peakMib(process.pid()));
                }
            }
        } finally {
            for (WebServer server : servers) {
                server.close();
            }
        }
    }

    /** A device in the network namespace that this runs in, or null where none may be made. */
    private static Tap tap() throws InterruptedException {
        try {
            return Tap.make(1);
        } catch (IOException e) {
            System.out.println("\nno TAP device, the gateway alone is measured: " + e.getMessage().strip());
            return null;
        }
    }

    private static void compare(List<WebServer> servers, WebServer hotspot, int connections, int warmUp) throws IOException, InterruptedException {
        Map<String, Series> rates = new LinkedHashMap<>();
        Map<String, Series> costs = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) { // the first round warms up
            for (WebServer server : servers) {
                int seconds = round < 0 ? Math.max(warmUp, 1) : SECONDS;
                double before = server.cpuMicros();
                double rate = Wrk.run(server.url(), connections, seconds).requestsPerSecond();
                add(rates, round, server.name(), rate);
                add(costs, round, server.name(), (server.cpuMicros() - before) / (rate * seconds));
            }
        }
        String how = "wrk with one thread and " + connections + " connections, " + SECONDS + " s each";
        Table.print("http: requests per second, " + how, rates);
        Table.print("http: processor time for each request, us, of all processes but wrk", costs);
        for (WebServer server : servers) {
            if (server != hotspot) {
                Table.printRatio(server.name() + ", requests per second as a part of HotSpot's", rates.get(server.name()), rates.get(hotspot.name()));
            }
        }
    }

    private static double peakMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.substring(6).replace("kB", "").strip())).findFirst().orElseThrow() / 1024.0;
    }
}
