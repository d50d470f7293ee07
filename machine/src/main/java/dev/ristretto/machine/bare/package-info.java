/**
 * Bare x86-64: CPU, memory map, page tables, clocks, interrupt controllers, serial line and power of a machine entered by PVH.
 *
 * <p>What lives here: code that knows an instruction, a register or a port of the PC architecture. What may not: devices behind
 * a bus (they are in {@code devices}), and policy. The instructions themselves are emitted by the imager's boot package; the
 * native methods of {@link dev.ristretto.machine.bare.Cpu} name them.
 */
package dev.ristretto.machine.bare;
