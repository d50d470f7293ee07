/**
 * What this host can do for an image: where QEMU is, which machine models and processor features it offers, and whether KVM truly works.
 *
 * <p>Found out by booting guests of a few bytes and remembered until the host restarts or its QEMU changes. Nothing here knows an image.
 */
package dev.ristretto.launcher.host;
