/**
 * Small programs for system tests that judge an image from outside: its exit code, what it prints, how it takes input and how
 * it ends. One image holds them all; {@link dev.ristretto.imagetests.programs.Main} picks one by its first argument.
 *
 * <p>Nothing here may use a library or a type of Ristretto: these are plain Java programs, and they behave the same on HotSpot.
 */
package dev.ristretto.imagetests.programs;
