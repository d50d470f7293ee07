package dev.ristretto.kernel.platform;

import com.oracle.svm.core.locks.VMCondition;
import com.oracle.svm.core.locks.VMLockSupport;
import com.oracle.svm.core.locks.VMMutex;
import com.oracle.svm.core.locks.VMSemaphore;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Gives SubstrateVM's locks, which are declared without a platform, those of the kernel. */
final class KernelLocks extends VMLockSupport {
    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMMutex replaceVMMutex(VMMutex source) {
        return new KernelVMMutex(source.getName());
    }

    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMCondition replaceVMCondition(VMCondition source) {
        return new KernelVMCondition((KernelVMMutex) mutexReplacer.apply(source.getMutex()), source.getConditionName());
    }

    @Override
    @Platforms(Platform.HOSTED_ONLY.class)
    protected VMSemaphore replaceSemaphore(VMSemaphore source) {
        return new KernelVMSemaphore(source.getName());
    }
}
