/**
 * TCP (RFC 9293): {@link dev.ristretto.network.tcp.Tcp} is a transport above IP, and opens sockets.
 * <p>
 * One idea to a class. On the wire: {@code Segment}. A connection ({@code TcpConnection}) has a {@code SendSide} with a {@code LossRecovery}
 * and a {@code ReceiveSide}; {@code Arrival} says what a segment does to it, {@code Transmitter} what it sends, {@code Expiry} what time
 * does, {@code Handshake} and {@code HalfOpen} how it begins, {@code TimeWait} how it ends. Programs see {@code StreamSocket} with
 * its {@code LocalEnd}, and {@code ListeningSocket}. Send buffers consist of blocks of a {@code BlockPool}, receive buffers
 * of packets and such blocks; how much there may be is in {@code TcpLimits}.
 * <p>
 * Supported: RFC 9293 with window scaling, timestamps and PAWS (7323), SACK and D-SACK (2018, 2883, 6675), retransmission timeout (6298),
 * RACK-TLP (8985), NewReno (6582) for peers without SACK, proportional rate reduction (6937), CUBIC (9438) or Reno (5681), HyStart++ (9406),
 * initial window 10 (6928), Eifel detection (3522), ECN when the peer asks for it (3168), protection against blind attacks (5961, 5927, 6528, 6056, 1337),
 * SYN cookies (4987), TIME-WAIT reuse (6191), keep-alive, path MTU discovery by ICMP.
 * <p>
 * Not supported: urgent data as such (what is urgent stays in the stream), Fast Open (7413), MD5 and AO signatures, multipath, path MTU
 * discovery without ICMP (4821), pacing, ECN for connections that we begin.
 * <p>
 * All calls under the stack's lock, unless a method says that it takes it. A byte that arrives in order stays in
 * its packet until it is read ({@code KeptPackets}), and is copied once; twice, by way of a block, if it comes early or packets are short. On its way out it is copied
 * twice: into a block, where it stays until it is acknowledged, and from there into a packet. Nothing is allocated per segment.
 */
package dev.ristretto.network.tcp;
