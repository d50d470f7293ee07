package dev.ristretto.systemtests;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a WebSocket, and what it hears, in order. */
final class WebSocketMember implements WebSocket.Listener {
    private static final int LIMIT_SECONDS = 60;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        heard.add("(closed)");
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        heard.add("error: " + error);
    }

    /** What it heard next: a whole message, {@code (closed)}, {@code error: }..., or {@code (silence)} after a minute. */
    String next() throws InterruptedException {
        String next = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        return next == null ? "(silence)" : next;
    }
}
