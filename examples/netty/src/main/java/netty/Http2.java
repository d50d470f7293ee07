package netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;

/** What a connection of HTTP/2 does: each of its streams is a channel, in which requests and responses look as those of HTTP/1.1. */
final class Http2 {
    private Http2() {
    }

    static Http2FrameCodec codec() {
        return Http2FrameCodecBuilder.forServer().build();
    }

    static ChannelHandler streams() {
        return new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), new HttpObjectAggregator(Http1.LARGEST_BODY),
                        new Pages(true));
            }
        });
    }
}
