/**
 * The boot code and CPU primitives of the bare x86-64 machine, and entry, signal handlers and system calls of the process machine
 * (classes whose names begin with Process), emitted with Graal's assembler.
 *
 * <p>What lives here: everything that cannot be said in Java because it is a single instruction (port access, control registers,
 * {@code HLT}), because it runs before Java can (the 32-bit PVH entry), or because it must see registers that a compiler owns
 * (interrupt entry, context switch). Each routine is small, named, and cites the section of the manual it follows ("SDM" is the
 * Intel 64 and IA-32 Architectures Software Developer's Manual). The Java side of each symbol is a {@code @CFunction} in
 * {@code dev.ristretto.machine.bare} or {@code process}; that of the one checksum and the one digest that have
 * instructions, for which the compiler has no code that is chosen at run time, in {@code dev.ristretto.jdk.zip} and {@code dev.ristretto.jdk.security}.
 *
 * <p>What may not live here: policy. No device but the serial port (for the message that the CPU is too old), no memory
 * management, no scheduling.
 */
package dev.ristretto.imager.boot;
