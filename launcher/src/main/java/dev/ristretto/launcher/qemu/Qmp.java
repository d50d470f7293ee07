package dev.ristretto.launcher.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation with QEMU in its machine protocol (QEMU's {@code docs/interop/qmp-spec}): one JSON object a line. Of all it says two
 * facts matter here, its version and why the guest's machine stopped, and of all that can be asked one command; so lines are matched,
 * not parsed.
 *
 * <p>One thread runs {@link #converse}; the other methods may be called from any.
 */
final class Qmp {
    private static final Pattern VERSION = Pattern.compile("\"qemu\": *\\{[^}]*}");
    private static final Pattern NUMBER = Pattern.compile("\"(major|minor|micro)\": *(\\d+)");
    private static final Pattern SHUTDOWN = Pattern.compile("\"event\": *\"SHUTDOWN\"");
    private static final Pattern REASON = Pattern.compile("\"reason\": *\"([a-z-]+)\"");

    private final Channel channel;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile OutputStream out;
    private volatile String version = "";
    private volatile String shutdownReason = "";

    Qmp(Channel channel) {
        this.channel = channel;
    }

    /** Accepts QEMU's connection and listens until it hangs up. */
    void converse() {
        try (SocketChannel connection = channel.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(connection),
                        StandardCharsets.UTF_8))) {
            String greeting = in.readLine();
            if (greeting != null) {
                version = version(greeting);
                out = Channels.newOutputStream(connection);
                send("qmp_capabilities");
                ready.countDown();
                String line;
                while ((line = in.readLine()) != null) {
                    Matcher reason = REASON.matcher(line);
                    if (SHUTDOWN.matcher(line).find() && reason.find()) {
                        shutdownReason = reason.group(1);
                    }
                }
            }
        } catch (IOException e) {
            return; // QEMU is gone, which its exit status explains better
        }
    }

    /** Sends a command without arguments, waiting up to {@code millis} for the conversation to begin; whether it was sent. */
    boolean command(String name, long millis) throws InterruptedException {
        try {
            if (ready.await(millis, TimeUnit.MILLISECONDS)) {
                send(name);
                return true;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Such as {@code 7.2.22}; empty before the conversation has begun. */
    String version() {
        return version;
    }

    /** QEMU's {@code ShutdownCause}, such as {@code guest-reset}; empty if none was told. */
    String shutdownReason() {
        return shutdownReason;
    }

    private synchronized void send(String command) throws IOException {
        out.write(("{\"execute\": \"" + command + "\"}\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String version(String greeting) {
        Matcher object = VERSION.matcher(greeting);
        int[] numbers = new int[3];
        if (object.find()) {
            Matcher number = NUMBER.matcher(object.group());
            while (number.find()) {
                numbers[number.group(1).equals("major") ? 0 : number.group(1).equals("minor") ? 1 : 2] = Integer.parseInt(number.group(2));
            }
        }
        return numbers[0] + "." + numbers[1] + "." + numbers[2];
    }
}
