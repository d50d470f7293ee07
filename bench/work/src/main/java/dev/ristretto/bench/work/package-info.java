/** Six kinds of work for the processor, each of which checks its own result. */
package dev.ristretto.bench.work;
