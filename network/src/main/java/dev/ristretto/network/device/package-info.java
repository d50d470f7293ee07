/**
 * The contract with a network card: {@link dev.ristretto.network.device.NetworkDevice} is what a driver implements,
 * {@link dev.ristretto.network.device.DeviceListener} is what it calls, {@link dev.ristretto.network.device.Packet} is what passes between.
 * {@link dev.ristretto.network.device.DeviceCounters} and {@link dev.ristretto.network.device.GuardedListener} are what drivers have in common.
 * Knows no protocol above Ethernet's addresses.
 */
package dev.ristretto.network.device;
