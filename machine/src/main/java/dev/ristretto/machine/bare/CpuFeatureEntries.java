package dev.ristretto.machine.bare;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import com.oracle.svm.core.amd64.AMD64LibCHelper.CPUFeatures;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;

/**
 * The functions of SubstrateVM's C helper library that look at the CPU. The boot code has checked before that the CPU has what the
 * image was compiled for; beyond that no feature is claimed, and code that asks at run time takes its portable path.
 */
final class CpuFeatureEntries {
    private CpuFeatureEntries() {
    }

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "determineCPUFeatures")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void determine(CPUFeatures features) {
        UnmanagedMemoryUtil.fill((Pointer) features, SizeOf.unsigned(CPUFeatures.class), (byte) 0);
    }

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "checkCPUFeatures")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static int check(@SuppressWarnings("unused") PointerBase required) {
        return 0;
    }

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "checkCPUFeaturesOrExit")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void checkOrExit(@SuppressWarnings("unused") PointerBase required, @SuppressWarnings("unused") PointerBase message) {
        // the boot code has stopped already if anything was missing
    }
}
