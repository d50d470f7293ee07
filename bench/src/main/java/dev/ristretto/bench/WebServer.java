package dev.ristretto.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A web server that runs, with all processes that belong to it. */
record WebServer(String name, String url, Process process) implements AutoCloseable {
    /** Starts one and waits until it says that it listens. */
    static WebServer start(String name, String host, int port, ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line == null || !line.startsWith("Listening"); line = lines.readLine()) {
            if (line == null) {
                throw new IOException(name + " has ended: " + said);
            }
            said.append(line).append('\n');
        }
        return new WebServer(name, "http://" + host + ":" + port + "/", process);
    }

    /** The one that was started, then those that it started. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** Processor time of all its processes up to now, in user mode and in Linux; to a hundredth of a second. */
    double cpuMicros() {
        return processes().stream().mapToDouble(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3).sum();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
