package dev.ristretto.bench.guest;

import http.Http;
import java.io.IOException;

/** {@code examples/http} on port 8080 and {@link Bulk} on port 9000. */
public final class Served {
    private Served() { }

    /** Serves until it is killed. */
    public static void main(String[] args) throws IOException {
        Thread.ofPlatform().name("bulk").start(new Bulk(9000));
        Http.main(new String[] {"8080"});
    }
}
