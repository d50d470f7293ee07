/** The host of drivers in an image: the kernel's device memory, interrupts and threads, and the machine's bus, or cable, disk files and folders. */
package dev.ristretto.devices.bus;
