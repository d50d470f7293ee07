package netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** {@code /} says hello, {@code /echo} sends back what it is sent, {@code /large} is a million bytes; there is nothing else. */
final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final AtomicLong REQUESTS = new AtomicLong();
    private static final int LARGE = 1_000_000;

    private final boolean http2;

    Pages(boolean http2) {
        this.http2 = http2;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        switch (request.uri()) {
            case "/" -> answer(context, request, HttpResponseStatus.OK, text("Hello from Netty over " + (http2 ? "HTTP/2" : "HTTP/1.1") + ", request "
                    + REQUESTS.incrementAndGet() + " on Java " + System.getProperty("java.version") + "\n"));
            case "/echo" -> answer(context, request, HttpResponseStatus.OK, request.content().retain());
            case "/large" -> answer(context, request, HttpResponseStatus.OK, context.alloc().buffer(LARGE, LARGE).writeZero(LARGE));
            default -> answer(context, request, HttpResponseStatus.NOT_FOUND, text("There is no " + request.uri() + "\n"));
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request, HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        boolean stays = http2 || HttpUtil.isKeepAlive(request);
        if (!http2) {
            HttpUtil.setKeepAlive(response, stays);
        }
        ChannelFuture written = context.writeAndFlush(response);
        if (!stays) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // mostly: who asked has gone away
    }
}
