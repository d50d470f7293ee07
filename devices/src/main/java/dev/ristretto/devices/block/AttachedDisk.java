package dev.ristretto.devices.block;

import dev.ristretto.storage.block.BlockDevice;

/**
 * A disk of this machine.
 *
 * @param name   what logs call it: {@code vda}, {@code vdb} and so on in the order of their places, whatever kind of machine it is
 * @param device a card, or a file
 */
public record AttachedDisk(String name, BlockDevice device) {
}
