/**
 * The command line: one class per command, each a thin face of {@code imager} and {@code launcher}.
 *
 * <p>Words are taken apart, libraries called, answers printed; whatever another face would need as well belongs in a library. Finding
 * the program to build is in {@code program}, talking to the terminal in {@code console}.
 */
package dev.ristretto.cli;
