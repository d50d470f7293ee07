/**
 * Bootable guests of a few dozen bytes, written from Java: 32-bit x86 instructions ({@link dev.ristretto.launcher.guest.GuestCode}) in
 * an ELF file with a PVH entry ({@link dev.ristretto.launcher.guest.GuestElf}).
 *
 * <p>They answer questions about the host and serve as guests in tests; no part of a real image is made here.
 */
package dev.ristretto.launcher.guest;
