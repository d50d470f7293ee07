/** A machine with virtio devices, in Java: what the drivers' tests run on. Everything happens when a test says so, in its thread. */
package dev.ristretto.devices.model;
