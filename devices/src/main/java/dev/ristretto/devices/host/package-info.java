/**
 * What a driver needs of what it runs on, as interfaces: {@code dev.ristretto.devices.bus} answers them in an image, a test with devices
 * written in Java.
 */
package dev.ristretto.devices.host;
