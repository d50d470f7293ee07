package netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** What a connection of HTTP/1.1 does with its messages. */
final class Http1 {
    /** In bytes. */
    static final int LARGEST_BODY = 16 << 20;
    private static final int LARGEST_MESSAGE = 1 << 20;

    private Http1() {
    }

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpObjectAggregator(LARGEST_BODY), new WebSocketServerProtocolHandler("/chat", null, true),
                new WebSocketFrameAggregator(LARGEST_MESSAGE), new Chat(), new Pages(false));
    }
}
