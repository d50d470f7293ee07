package netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.GlobalEventExecutor;

/** A chat over WebSockets: what one says, all hear, those who said it too. */
final class Chat extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final ChannelGroup MEMBERS = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof HandshakeComplete) {
            MEMBERS.add(context.channel()); // and goes by itself when the connection does
            say("* one more is here, " + MEMBERS.size() + " now");
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        say(frame.text());
    }

    private static void say(String text) {
        MEMBERS.writeAndFlush(new TextWebSocketFrame(text));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
