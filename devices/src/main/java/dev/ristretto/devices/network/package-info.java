/** The network card: virtio-net (virtio 1.2 §5.1). One pair of queues, no control queue. */
package dev.ristretto.devices.network;
