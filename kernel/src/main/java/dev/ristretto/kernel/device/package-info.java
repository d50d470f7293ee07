/**
 * What drivers ask of the kernel: memory that devices reach, their registers at an address, threads that sleep until a device interrupts.
 *
 * <p>What lives here: the kernel's half of {@link dev.ristretto.machine.DeviceBus}, {@link dev.ristretto.machine.NetworkStream} and
 * {@link dev.ristretto.machine.DiskFiles}. What may not: anything about one kind of device or
 * bus (it is in {@code devices}). Nothing of this is in an image without drivers but the entry that wakes a thread.
 */
package dev.ristretto.kernel.device;
