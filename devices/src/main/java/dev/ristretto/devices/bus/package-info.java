/** The host of drivers in an image: the kernel's device memory, interrupts and threads, and the machine's bus. */
package dev.ristretto.devices.bus;
