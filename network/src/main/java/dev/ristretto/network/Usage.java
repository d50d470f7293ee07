package dev.ristretto.network;

/**
 * What a stack holds at a moment. A stack that nobody uses, and on whose cables nothing is on its way, holds nothing: each of these is 0 then but the sockets that programs
 * have open.
 *
 * @param connections of TCP in any state but CLOSED, half-open ones and those in TIME-WAIT included
 * @param halfOpen of those, half-open ones
 * @param timeWaits of those, the ones in TIME-WAIT
 * @param tcpSockets not closed, listening ones and those waiting to be accepted included
 * @param udpSockets not closed
 * @param bufferBytes in the buffers of all TCP sockets: blocks, and packets that wait to be read, with what they take
 * @param packets of the stack's own, acquired and not released
 */
public record Usage(int connections, int halfOpen, int timeWaits, int tcpSockets, int udpSockets, long bufferBytes, int packets) {
}
