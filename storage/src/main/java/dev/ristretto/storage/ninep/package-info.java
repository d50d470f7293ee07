/**
 * Folders of a host as file systems: a client of 9P2000.L, the protocol of Linux's {@code v9fs} and of QEMU's {@code -fsdev}
 * (described in diod's protocol.md and in Linux's {@code include/net/9p/9p.h}; the base in Plan 9's section 5 of the manual).
 * <p>
 * Nothing is kept of what the server said, since others change its files: each question is a message. What belongs to open files that have
 * lost their names is the exception: nobody else sees those any more, so their attributes are kept here ({@link OpenedFile}).
 * <p>
 * An answer is believed only as far as it goes: lengths, counts, tags and types are checked, and what makes no sense is {@code EIO}. After
 * one whose header is wrong the session is over, as nobody knows any more which answer belongs to which question.
 * <p>
 * The messages' parts that a server needs too are public; {@code transport} holds the contract of what carries them.
 */
package dev.ristretto.storage.ninep;
