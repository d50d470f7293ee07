package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import java.nio.channels.SocketChannel;

/** A connection that the image makes to somewhere, from its SYN until its last segments have gone by. */
final class TcpFlow {
    enum State {
        /** The host's side is being connected; the image waits for an answer to its SYN. */
        CONNECTING,
        /** The stack has the SYN, and what follows. */
        OPEN,
        /** Both sides have ended, or one refused; late segments may still come. */
        ENDED
    }

    /** Between whom; the image has one address at each port as far as this goes. */
    record Key(int imagePort, IpAddress remote, int remotePort) {
    }

    final Key key;
    final IpAddress imageAddress;
    /** By which the stack knows it: the port that it believes the image to use. */
    final int alias;
    final int initialSequence;
    State state = State.CONNECTING;
    /** The SYN's frame, until it is used. */
    byte[] syn;
    SocketChannel host;
    boolean isSpliced;
    /** When the state was entered. */
    long since;

    TcpFlow(Key key, IpAddress imageAddress, int alias, int initialSequence) {
        this.key = key;
        this.imageAddress = imageAddress;
        this.alias = alias;
        this.initialSequence = initialSequence;
    }
}
