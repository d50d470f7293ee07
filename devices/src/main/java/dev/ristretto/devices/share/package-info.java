/**
 * Folders that a machine's host lends it, as carriers of 9P messages ({@link dev.ristretto.storage.ninep.transport.MessageTransport}): the
 * virtio device of QEMU's {@code -fsdev} (virtio's device type 9; described in Linux's {@code include/uapi/linux/virtio_9p.h}), and the stream
 * of a machine without a bus. What is in the messages is not read here.
 */
package dev.ristretto.devices.share;
