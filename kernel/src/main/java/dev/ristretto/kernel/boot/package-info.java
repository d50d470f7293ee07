/**
 * From the machine's first call to the program's {@code main}: order of start-up, the command line, and the marks on the way.
 *
 * <p>What may not live here: anything that runs after start-up more than once.
 */
package dev.ristretto.kernel.boot;
