/**
 * The network cards of a machine: virtio-net (virtio 1.2 §5.1) with one pair of queues and no control queue; and, where there is a cable in
 * place of a bus, the card of {@code network.device.stream} on it, or that of a TAP device.
 */
package dev.ristretto.devices.network;
