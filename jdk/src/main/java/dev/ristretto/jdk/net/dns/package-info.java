/**
 * Names asked of name servers (RFC 1034, RFC 1035). The format of messages is dnsjava's, repackaged; which servers there are and how to
 * reach them is passed in. Of dnsjava only messages and records are used: its resolvers keep threads, selectors and caches of their own, and
 * the JDK caches already.
 *
 * <p>What may not live here: anything that substitutes a method of the JDK.
 */
package dev.ristretto.jdk.net.dns;
