/** Exceptions and errors: that they are thrown, can be caught, say where they come from, and leave the program able to go on. */
package dev.ristretto.imagetests.exceptions;
