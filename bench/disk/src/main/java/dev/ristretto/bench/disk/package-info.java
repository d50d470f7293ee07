/** Work for files and an H2 database in a folder. */
package dev.ristretto.bench.disk;
