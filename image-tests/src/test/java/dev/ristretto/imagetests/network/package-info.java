/** Sockets, selectors, datagrams, HTTP and TLS between two parts of one program: everything goes through the loopback interface. */
package dev.ristretto.imagetests.network;
