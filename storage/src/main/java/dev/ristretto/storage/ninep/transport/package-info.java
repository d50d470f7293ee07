/** The contract between a client of 9P and what carries its messages, for drivers. */
package dev.ristretto.storage.ninep.transport;
