/**
 * Virtio 1.2: the transports over PCI and over registers in memory, the initialization that all devices share, and split virtqueues.
 * Knows no kind of device. The legacy interface of before 1.0 is not spoken.
 */
package dev.ristretto.devices.virtio;
