/**
 * The linker: takes the relocatable object of the native-image builder and the boot code, lays both out in memory, resolves
 * symbols and writes the bootable ELF file with its notes and its page tables.
 *
 * <p>Knows files, addresses and access rights. May not know how the builder is run or which machine code the boot code consists of.
 */
package dev.ristretto.imager.link;
