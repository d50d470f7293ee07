/** What a program sees of the machine: {@code System}, {@code Runtime}, the management beans, and what is refused. */
package dev.ristretto.imagetests.system;
