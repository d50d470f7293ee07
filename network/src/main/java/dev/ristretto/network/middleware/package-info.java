/**
 * Devices around devices: {@code trace} shows frames, {@code pcap} writes them to a file for Wireshark, {@code faults} does to them what bad networks do. They stack in any
 * order and go wherever a device goes.
 */
package dev.ristretto.network.middleware;
