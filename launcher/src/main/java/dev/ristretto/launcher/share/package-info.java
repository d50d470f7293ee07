/** Folders of this host that an image sees: QEMU's words for them, and a server for images that run as a process. */
package dev.ristretto.launcher.share;
