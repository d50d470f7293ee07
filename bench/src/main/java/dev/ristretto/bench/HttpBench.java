package dev.ristretto.bench;

import dev.ristretto.launcher.gateway.Gateway;
import dev.ristretto.launcher.network.Forward;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A web server as a process behind the launcher's gateway, beside HotSpot with the same jar on the host's own sockets. The two take turns.
 * Arguments: the java command, image and jar, number of runs, the script {@code ristretto}.
 */
public final class HttpBench {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 3;
    private static final int SECONDS = 5;

    private HttpBench() { }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String java = args[0];
        Path image = Path.of(args[1]);
        Path jar = Path.of(args[2]);
        firstResponse(java, image, jar, Integer.parseInt(args[3]));
        if (Wrk.isInstalled()) {
            load(java, image, jar, args[4]);
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
                builder.environment().put("RISTRETTO_OPTIONS", "ristretto.memory=" + (128 << 20) + " ristretto.net=" + gateway.socket());
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

    private static void load(String java, Path image, Path jar, String script) throws IOException, InterruptedException {
        int port = freePort();
        int hotspotPort = freePort();
        Process launcher = new ProcessBuilder(script, "run", "--on", "process", "-p", port + ":8080", image.toString()).redirectErrorStream(true).start();
        Process hotspot = new ProcessBuilder(java, "-jar", jar.toString(), Integer.toString(hotspotPort)).redirectErrorStream(true).start();
        try {
            awaitListening(launcher);
            awaitListening(hotspot);
            for (int connections : new int[] {16, 256}) {
                Map<String, Series> rates = new LinkedHashMap<>();
                for (int round = -1; round < ROUNDS; round++) { // the first round warms up
                    add(rates, round, "process", Wrk.run("http://127.0.0.1:" + port + "/", connections, SECONDS).requestsPerSecond());
                    add(rates, round, "HotSpot", Wrk.run("http://127.0.0.1:" + hotspotPort + "/", connections, SECONDS).requestsPerSecond());
                }
                Table.print("http: requests per second, wrk with one thread and " + connections + " connections, " + SECONDS + " s each", rates);
            }
            ProcessHandle process = launcher.children().filter(child -> child.info().command().orElse("").endsWith(image.getFileName().toString()))
                    .findFirst().orElseThrow();
            System.out.printf(Locale.ROOT, "%nhttp: greatest resident memory after that, MiB%n  process %.1f, its launcher with the gateway %.1f, HotSpot %.1f%n",
                    peakMib(process.pid()), peakMib(launcher.pid()), peakMib(hotspot.pid()));
        } finally {
            launcher.destroy();
            hotspot.destroy();
            launcher.waitFor();
        }
    }

    private static void awaitListening(Process process) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line == null || !line.startsWith("Listening"); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("a server has ended");
            }
        }
    }

    private static double peakMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.substring(6).replace("kB", "").strip())).findFirst().orElseThrow() / 1024.0;
    }
}
