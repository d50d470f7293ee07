/**
 * A process of Linux as the machine: the same image, entered by {@code execve} instead of by a hypervisor. No C library, no dynamic
 * linker, one thread of the kernel's; everything is done with raw system calls, and from {@link dev.ristretto.machine.Machine#seal} on
 * with a dozen or so of them only ({@link dev.ristretto.machine.process.SystemCallFilter}).
 *
 * <p>How the parts of a machine are made of what a process has:
 * <ul>
 * <li><b>Which machine.</b> The image has two entries: hypervisors use the one in the PVH note, Linux the one in the ELF header. The
 * second tells {@code Machine.get()} before any other Java code that it is this machine.
 * <li><b>Memory.</b> Free memory is one anonymous mapping without swap reservation, at a random address below the mapping range; Linux
 * gives it pages when they are touched, and {@code giveBack} ({@code MADV_DONTNEED}) takes them back. {@code map} does not show a frame
 * at a second address, which would take a memory file (no huge pages, slower faults): it maps fresh anonymous pages there and gives back
 * the frame's. A frame that is mapped is thus a permit to use that much memory elsewhere, which is all that the contract promises; a
 * table ({@link dev.ristretto.machine.process.Mappings}) remembers which frame belongs to which address.
 * <li><b>Interrupts</b> are signals: a POSIX timer's SIGALRM, and SIGTERM, SIGINT and SIGHUP as the power button. Holding them off is a
 * flag, not a system call: the handler, which runs on an alternate stack with all of them masked, finds the flag, notes the signal and
 * returns; who sets the flag again looks for notes. What lies between is settled by the address that was interrupted, as in restartable
 * sequences: a resumption, and a wait, are begun again or not begun when a signal comes right before their system call.
 * <li><b>Preemption.</b> A signal's frame holds all that a thread owns, vector registers included. When the handlers choose another
 * thread, the frame is copied into the old one's context. Whoever is resumed from there goes by {@code rt_sigreturn}, which
 * restores everything in one step. A thread that gave up the CPU itself has all on its stack, and is resumed by a few instructions.
 * <li><b>Time</b> is {@code CLOCK_MONOTONIC} through the vDSO. The timer is set when interrupts are enabled again, and not at all by
 * an idle machine, which waits in one {@code ppoll} with the deadline as its limit.
 * <li><b>Console.</b> Descriptors 0, 1, 2, which are not made non-blocking since they are shared with others; each access asks
 * {@code poll} first. Input is read only when somebody wants some. While threads compute, descriptors that somebody waits for are
 * looked at every {@value dev.ristretto.machine.process.Timer#TICK_MILLIS} ms.
 * <li><b>Network.</b> A Unix stream socket or a TAP device, connected before the sandbox closes; the one wait has it among its
 * descriptors. The drivers are {@code devices}'.
 * <li><b>Disks.</b> Files, named by path in the system's words and opened and locked before the sandbox closes: by path and not by number,
 * because a launcher written in Java cannot hand descriptors on (and who can, names {@code /dev/fd/N}), and because a lock is then this
 * process's own. A call that waits for a disk holds up everything: there is one thread of the kernel's. What comes from Linux's page cache
 * does not wait, and a force of a few milliseconds is what a bare machine's single disk costs its forcing thread as well, but not the others.
 * <li><b>Folders.</b> A Unix stream socket to the launcher, connected before the sandbox closes. Reading blocks; the timer's signals interrupt
 * it, so that other threads run while an answer is awaited.
 * <li><b>Faults</b> (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP) carry the CPU's own vector, error code and address, so that stacks grow
 * and panics read as they do on bare hardware.
 * </ul>
 *
 * <p>What may not live here: policy, and what the bare machine needs too (then it belongs in the contract).
 *
 * <p>Not supported: other descriptors than the three, the launcher's line, the network, folders and disks; disks on file systems without locks; Linux older than 5.4;
 * a console descriptor whose other end takes less than it promised stops the whole process while it is so.
 */
package dev.ristretto.machine.process;
