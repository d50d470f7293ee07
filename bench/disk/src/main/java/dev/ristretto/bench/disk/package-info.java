/** Work for files and an H2 database in a folder, and a folder full of files for a crash. */
package dev.ristretto.bench.disk;
