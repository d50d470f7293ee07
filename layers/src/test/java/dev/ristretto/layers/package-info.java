/** The dependency rules between modules, checked on their compiled classes. What may not live here: anything but such rules. */
package dev.ristretto.layers;
