/** The heap: collection that loses nothing, references and cleaners, and life after an {@code OutOfMemoryError}. */
package dev.ristretto.imagetests.memory;
