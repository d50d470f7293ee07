/**
 * Memory shared with devices, and registers. The one package of the drivers that touches raw memory; every access is checked against the
 * bounds of its block first.
 */
package dev.ristretto.devices.memory;
