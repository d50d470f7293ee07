/**
 * What SubstrateVM asks of a platform, answered by the kernel: the counterpart of its own {@code com.oracle.svm.core.posix}.
 *
 * <p>{@link dev.ristretto.kernel.platform.RistrettoPlatform} is the platform, {@link dev.ristretto.kernel.platform.KernelFeature}
 * registers everything. What may not live here: natives of the JDK (they are in {@code jdk}), and logic that the kernel would
 * need without SubstrateVM.
 */
package dev.ristretto.kernel.platform;
