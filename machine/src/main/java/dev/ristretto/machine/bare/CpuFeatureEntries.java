package dev.ristretto.machine.bare;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import com.oracle.svm.core.amd64.AMD64LibCHelper.CPUFeatures;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.c.struct.OffsetOf;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;

/**
 * The functions of SubstrateVM's C helper library that look at the CPU (SDM vol. 2 "CPUID"): code that has a faster variant for some
 * CPUs asks for them at run time. That the CPU has what the image was compiled for, the boot code has checked before.
 */
final class CpuFeatureEntries {
    private CpuFeatureEntries() {
    }

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "determineCPUFeatures")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void determine(CPUFeatures found) {
        Pointer features = (Pointer) found;
        UnmanagedMemoryUtil.fill(features, SizeOf.unsigned(CPUFeatures.class), (byte) 0);
        set(features, OffsetOf.get(CPUFeatures.class, "fCX8"), 1, CpuId.EDX, 8);
        set(features, OffsetOf.get(CPUFeatures.class, "fCMOV"), 1, CpuId.EDX, 15);
        set(features, OffsetOf.get(CPUFeatures.class, "fFXSR"), 1, CpuId.EDX, 24);
        set(features, OffsetOf.get(CPUFeatures.class, "fHT"), 1, CpuId.EDX, 28);
        set(features, OffsetOf.get(CPUFeatures.class, "fMMX"), 1, CpuId.EDX, 23);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE"), 1, CpuId.EDX, 25);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE2"), 1, CpuId.EDX, 26);
        set(features, OffsetOf.get(CPUFeatures.class, "fTSC"), 1, CpuId.EDX, 4);
        set(features, OffsetOf.get(CPUFeatures.class, "fFLUSH"), 1, CpuId.EDX, 19);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE3"), 1, CpuId.ECX, 0);
        set(features, OffsetOf.get(CPUFeatures.class, "fCLMUL"), 1, CpuId.ECX, 1);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSSE3"), 1, CpuId.ECX, 9);
        set(features, OffsetOf.get(CPUFeatures.class, "fFMA"), 1, CpuId.ECX, 12);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE4_1"), 1, CpuId.ECX, 19);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE4_2"), 1, CpuId.ECX, 20);
        set(features, OffsetOf.get(CPUFeatures.class, "fPOPCNT"), 1, CpuId.ECX, 23);
        set(features, OffsetOf.get(CPUFeatures.class, "fAES"), 1, CpuId.ECX, 25);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX"), 1, CpuId.ECX, 28);
        set(features, OffsetOf.get(CPUFeatures.class, "fF16C"), 1, CpuId.ECX, 29);
        set(features, OffsetOf.get(CPUFeatures.class, "fHV"), 1, CpuId.ECX, 31);
        set(features, OffsetOf.get(CPUFeatures.class, "fLZCNT"), 0x80000001, CpuId.ECX, 5);
        set(features, OffsetOf.get(CPUFeatures.class, "fSSE4A"), 0x80000001, CpuId.ECX, 6);
        set(features, OffsetOf.get(CPUFeatures.class, "fAMD_3DNOW_PREFETCH"), 0x80000001, CpuId.ECX, 8);
        set(features, OffsetOf.get(CPUFeatures.class, "fRDTSCP"), 0x80000001, CpuId.EDX, 27);
        set(features, OffsetOf.get(CPUFeatures.class, "fTSCINV_BIT"), 0x80000007, CpuId.EDX, 8);
        set(features, OffsetOf.get(CPUFeatures.class, "fBMI1"), 7, CpuId.EBX, 3);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX2"), 7, CpuId.EBX, 5);
        set(features, OffsetOf.get(CPUFeatures.class, "fBMI2"), 7, CpuId.EBX, 8);
        set(features, OffsetOf.get(CPUFeatures.class, "fERMS"), 7, CpuId.EBX, 9);
        set(features, OffsetOf.get(CPUFeatures.class, "fADX"), 7, CpuId.EBX, 19);
        set(features, OffsetOf.get(CPUFeatures.class, "fFLUSHOPT"), 7, CpuId.EBX, 23);
        set(features, OffsetOf.get(CPUFeatures.class, "fCLWB"), 7, CpuId.EBX, 24);
        set(features, OffsetOf.get(CPUFeatures.class, "fSHA"), 7, CpuId.EBX, 29);
        set(features, OffsetOf.get(CPUFeatures.class, "fGFNI"), 7, CpuId.ECX, 8);
        set(features, OffsetOf.get(CPUFeatures.class, "fRDPID"), 7, CpuId.ECX, 22);
        set(features, OffsetOf.get(CPUFeatures.class, "fSERIALIZE"), 7, CpuId.EDX, 14);
        set(features, OffsetOf.get(CPUFeatures.class, "fFSRM"), 7, CpuId.EDX, 4);
        features.writeByte(OffsetOf.get(CPUFeatures.class, "fVZEROUPPER"), (byte) 1);
        if ((CpuId.read(0xD, 0, CpuId.EAX) & 0xE0) == 0xE0) { // the boot code has switched on all three parts of its state
            avx512(features);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void avx512(Pointer features) {
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512F"), 7, CpuId.EBX, 16);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512DQ"), 7, CpuId.EBX, 17);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_IFMA"), 7, CpuId.EBX, 21);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512PF"), 7, CpuId.EBX, 26);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512ER"), 7, CpuId.EBX, 27);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512CD"), 7, CpuId.EBX, 28);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512BW"), 7, CpuId.EBX, 30);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512VL"), 7, CpuId.EBX, 31);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VBMI"), 7, CpuId.ECX, 1);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VBMI2"), 7, CpuId.ECX, 6);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VAES"), 7, CpuId.ECX, 9);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VPCLMULQDQ"), 7, CpuId.ECX, 10);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VNNI"), 7, CpuId.ECX, 11);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_BITALG"), 7, CpuId.ECX, 12);
        set(features, OffsetOf.get(CPUFeatures.class, "fAVX512_VPOPCNTDQ"), 7, CpuId.ECX, 14);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void set(Pointer features, int offset, int leaf, int register, int bit) {
        features.writeByte(offset, (byte) (CpuId.has(leaf, register, bit) ? 1 : 0));
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
