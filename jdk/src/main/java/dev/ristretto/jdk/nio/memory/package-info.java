/**
 * Memory outside the Java heap that the JDK's file classes pass by address: the only package below {@code dev.ristretto.jdk.nio} that
 * reads and writes by address. Callers vouch that an address and a length are what the JDK says they are.
 */
package dev.ristretto.jdk.nio.memory;
