/** The virtio block device (virtio 1.2 §5.2): a disk, as {@link dev.ristretto.storage.block.BlockDevice} has it. */
package dev.ristretto.devices.block;
