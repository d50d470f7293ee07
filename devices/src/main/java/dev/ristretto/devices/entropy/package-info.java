/** The entropy device: virtio-rng (virtio 1.2 §5.4). */
package dev.ristretto.devices.entropy;
