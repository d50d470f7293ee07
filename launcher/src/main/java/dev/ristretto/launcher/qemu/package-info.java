/**
 * QEMU's own language: its command line, its machine protocol (QMP) and the process that speaks them.
 *
 * <p>No policy: which machine, how much memory and what to do when something fails is decided by the callers.
 */
package dev.ristretto.launcher.qemu;
