package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Short connections from Linux to an image that runs as a process on a TAP device, thousands or, with {@code -Dristretto.connections=1000000}, a million: when they
 * are over, the image holds nothing of them, exactly.
 */
class ManyVisitsIT {
    private static final int CONNECTIONS = 6000;
    /** So many are made by one program of the peer's. */
    private static final int AT_ONCE = 20_000;
    private static final String HTTP = "8080";
    private static final String USAGE = "8";
    /** The web server's socket, and those of the echo and of this question; and no packet with the card. */
    private static final String NOTHING = "Usage[connections=0, halfOpen=0, timeWaits=0, tcpSockets=1, udpSockets=2, bufferBytes=0, packets=0] 0";
    /** TIME-WAIT lasts a minute, as does what a peer that vanished leaves behind. */
    private static final long PATIENCE_SECONDS = 180;

    private final Namespaces net = new Namespaces();

    @Test
    void nothingIsLeftOfThem() throws Exception {
        Namespaces.require(getClass());
        int connections = Integer.getInteger("ristretto.connections", CONNECTIONS);
        try (net) {
            net.make(1500, 1500);
            try (RunningExample image = RunningExample.start(Namespaces.command(net.near, OnTap.imageCommand("process",
                    "--system", "ip=" + OnTap.IMAGE_4 + "/24", "--system", "ipv6=fd77::2/64")))) {
                image.await("ready");
                assertEquals(NOTHING, usage());
                long begin = System.nanoTime();
                for (int done = 0, round = 0; done < connections; done += AT_ONCE, round++) {
                    String count = String.valueOf(Math.min(AT_ONCE, connections - done));
                    String address = round % 2 == 0 ? OnTap.IMAGE_4 : "fd77::2";
                    assertEquals("visited " + count, Namespaces.in(net.near, OnTap.peer("visit", address, HTTP, count)).strip());
                }
                long took = System.nanoTime() - begin;
                System.out.println(connections + " connections to an image in " + TimeUnit.NANOSECONDS.toSeconds(took) + " s; then it holds " + usage());
                String left = usage();
                for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); !left.equals(NOTHING) && System.nanoTime() < end;) {
                    left = usage(); // each takes as long as it takes to start a JVM
                }
                assertEquals(NOTHING, left);
                assertEquals("hello\n", OnTap.curl(net.near, "http://" + OnTap.IMAGE_4 + ":8080/"));
            }
        }
    }

    private String usage() throws Exception {
        return Namespaces.in(net.near, OnTap.peer("usage", OnTap.IMAGE_4, USAGE)).strip();
    }
}
