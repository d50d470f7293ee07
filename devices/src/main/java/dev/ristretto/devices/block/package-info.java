/**
 * Disks, as {@link dev.ristretto.storage.block.BlockDevice} has them: the virtio block device (virtio 1.2 §5.2), and files of a machine
 * without a bus.
 */
package dev.ristretto.devices.block;
