package netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Connections without TLS: HTTP/2 for those who begin with it (prior knowledge) or ask for it (Upgrade: h2c), HTTP/1.1 for the others. */
final class Cleartext extends ChannelInitializer<SocketChannel> {

    @Override
    protected void initChannel(SocketChannel channel) {
        HttpServerCodec codec = new HttpServerCodec();
        HttpServerUpgradeHandler upgrade = new HttpServerUpgradeHandler(codec, Cleartext::upgradeTo, Http1.LARGEST_BODY);
        channel.pipeline().addLast(new CleartextHttp2ServerUpgradeHandler(codec, upgrade, new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel priorKnowledge) {
                priorKnowledge.pipeline().addLast(Http2.codec(), Http2.streams());
            }
        }), new NoUpgrade());
    }

    private static HttpServerUpgradeHandler.UpgradeCodec upgradeTo(CharSequence protocol) {
        return AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                ? new Http2ServerUpgradeCodec(Http2.codec(), Http2.streams()) : null;
    }

    /** Sees a message only if the connection is and stays one of HTTP/1.1. */
    private static final class NoUpgrade extends SimpleChannelInboundHandler<HttpMessage> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpMessage message) {
            ChannelPipeline pipeline = context.pipeline();
            Http1.addTo(pipeline);
            context.fireChannelRead(ReferenceCountUtil.retain(message));
            pipeline.remove(this);
        }
    }
}
