package dev.ristretto.devices.share;

import dev.ristretto.storage.ninep.transport.MessageTransport;

/**
 * A folder that is lent to this machine.
 *
 * @param tag       what its host calls it: a path, with {@code :ro} behind it if it is for reading only, or any text
 * @param name      by which its server knows it
 * @param transport the way there; the same object for folders of one server
 */
public record AttachedFolder(String tag, String name, MessageTransport transport) {
}
