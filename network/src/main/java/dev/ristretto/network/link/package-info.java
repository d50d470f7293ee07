/**
 * Interfaces: a card with its addresses, the groups it listens to, what waits to be sent, and the neighbours it knows. One neighbour cache serves ARP and
 * neighbour discovery, which differ only in their messages.
 */
package dev.ristretto.network.link;
