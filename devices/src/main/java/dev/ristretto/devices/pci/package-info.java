/** PCI: finding functions, their capabilities, registers and interrupts. Knows no kind of device. */
package dev.ristretto.devices.pci;
