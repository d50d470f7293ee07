package dev.ristretto.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.NetworkException;
import dev.ristretto.network.stack.Counter;
import org.junit.jupiter.api.Test;

/** Nothing is left of connections, however they end. {@code -Dristretto.connections=1000000} for a million of them. */
class ManyConnectionsTest {
    private static final int CONNECTIONS = 50_000;
    /** The rarest ending is one in fewer than this. */
    private static final int RAREST = 2500;
    /** Bytes by which the heap may differ: more blocks may have been in use at once than before, and the JVM does things by itself. */
    private static final long NOISE = 1_500_000;

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void nothingIsLeftOfThem() throws NetworkException {
        int connections = Integer.getInteger("ristretto.connections", CONNECTIONS);
        Reception reception = new Reception(1);
        reception.receive(connections / 2);
        assertEquals(0, reception.connections());
        long before = heap();
        reception.receive(connections - connections / 2);
        long grown = heap() - before;
        // Less than an object for each of them.
        assertTrue(grown < NOISE + 8L * connections, "the heap has grown by " + grown);
        assertNull(reception.left());
        for (Ending ending : Ending.values()) {
            assertTrue(reception.count(ending) > connections / RAREST, ending + " happened " + reception.count(ending) + " times");
        }
        // That all of it was tried shows in what the server counted.
        assertTrue(reception.server().count(Counter.TCP_CONNECTIONS_ACCEPTED) > connections * 7L / 10);
        assertTrue(reception.server().count(Counter.TCP_CONNECTIONS_RESET) > connections / 10);
    }
}
