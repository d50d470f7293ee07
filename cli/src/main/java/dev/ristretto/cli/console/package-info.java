/**
 * What the user sees besides a program's own output: messages and progress, on standard error.
 *
 * <p>Nothing here decides anything.
 */
package dev.ristretto.cli.console;
