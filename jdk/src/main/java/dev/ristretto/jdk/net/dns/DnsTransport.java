package dev.ristretto.jdk.net.dns;

import dev.ristretto.network.IpAddress;
import java.io.IOException;
import java.util.function.Predicate;

/** The way to name servers. Any thread may call. */
public interface DnsTransport {
    /**
     * Sends a query and waits for its answer.
     *
     * @param stream  whether by TCP; else by UDP, where an answer can be cut short
     * @param millis  how long to wait
     * @param answers tells whether a message answers the query; others may be forged and are dropped
     * @return the answer, or null if none came in time
     * @throws IOException if the server cannot be reached
     */
    byte[] ask(IpAddress server, byte[] query, boolean stream, long millis, Predicate<byte[]> answers) throws IOException;

    /** Returns 16 random bits. */
    int random16();
}
