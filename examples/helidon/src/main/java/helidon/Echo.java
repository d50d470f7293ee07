package helidon;

import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;

/** Sends each message back to whom it came from. */
final class Echo implements WsListener {
    @Override
    public void onMessage(WsSession session, String text, boolean last) {
        session.send(text, last);
    }
}
