/**
 * Physical frames, the address space beyond them, and the native heap.
 *
 * <p>Free memory is readable and writable at its own address. {@link dev.ristretto.kernel.memory.Frames} gives it out in
 * contiguous runs; the Java heap and the native heap use those runs as they are, which costs no page table and gets the large
 * pages of the identity mapping. {@link dev.ristretto.kernel.memory.AddressSpace} is for what needs an address apart from any
 * memory: stacks with guard pages, and reserved ranges that are committed bit by bit.
 *
 * <p>{@link dev.ristretto.kernel.memory.FilesSection} is what an image brings besides the program: files, where the linker put them.
 *
 * <p>What may not live here: knowledge of page tables (machine), of Java objects (SubstrateVM's collector).
 */
package dev.ristretto.kernel.memory;
