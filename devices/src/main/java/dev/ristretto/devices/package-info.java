/**
 * Drivers: PCI, the transports and queues of virtio 1.2, and a package for each kind of card.
 *
 * <p>What lives here: everything that knows a device's registers and rings. What may not: protocols and file systems (they are plain Java
 * below interfaces of their own), and code that runs in interrupt handlers: an interrupt wakes a device's thread, the rest is a thread's
 * work. Drivers are written against {@link dev.ristretto.devices.host.DeviceHost}, so that they run on a JVM against a device written in
 * Java; {@code dev.ristretto.devices.bus} answers it in an image.
 *
 * <p>A device is a stranger: every number that comes from one is checked before it is used as an index, a length or an address. One that
 * breaks the rules is stopped, with one line in the log; nothing is thrown at the program because of it.
 */
package dev.ristretto.devices;
