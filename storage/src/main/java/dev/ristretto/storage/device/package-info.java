/**
 * The character devices that every Unix program expects under {@code /dev} and that need no hardware. Whatever needs something from
 * outside (randomness) is given it.
 */
package dev.ristretto.storage.device;
