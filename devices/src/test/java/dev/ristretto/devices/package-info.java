/** Drivers against devices written in Java, those that keep the rules and those that do not. */
package dev.ristretto.devices;
