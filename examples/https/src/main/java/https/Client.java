package https;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** Asks for pages, one after the other. A line for each says what came, or why nothing did. */
final class Client {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Client() {
    }

    /** Returns how many pages did not come; the words from the second on are their addresses. */
    static int get(String[] words) throws Exception {
        int failed = 0;
        try (HttpClient client = HttpClient.newBuilder().sslContext(Keys.client()).connectTimeout(LIMIT).build()) {
            for (int i = 1; i < words.length; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(words[i])).timeout(LIMIT).build();
                try {
                    System.out.println(words[i] + ": " + summary(client.send(request, HttpResponse.BodyHandlers.ofByteArray())));
                } catch (IOException e) {
                    failed++;
                    System.out.println(words[i] + ": refused: " + reasons(e));
                }
            }
        }
        return failed;
    }

    private static String summary(HttpResponse<byte[]> response) throws Exception {
        String tls = response.sslSession().map(session -> session.getProtocol()).orElse("no TLS");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(response.body());
        return response.statusCode() + " " + response.version() + " " + tls + ", " + response.body().length + " bytes, SHA-256 "
                + HexFormat.of().formatHex(hash);
    }

    /** What is said last mostly says most. */
    private static String reasons(Throwable e) {
        StringBuilder reasons = new StringBuilder(e.toString());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            reasons.append("; ").append(cause);
        }
        return reasons.toString();
    }
}
