/**
 * From what a user names (a project's folder, a jar) to a class path: packages Maven projects when their sources changed.
 *
 * <p>Nothing here builds images or prints.
 */
package dev.ristretto.cli.program;
