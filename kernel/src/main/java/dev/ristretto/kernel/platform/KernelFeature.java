package dev.ristretto.kernel.platform;

import com.oracle.svm.core.ParsingReason;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.heap.PhysicalMemory.PhysicalMemorySupport;
import com.oracle.svm.core.headers.LibCSupport;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.locks.VMLockSupport;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.os.CommittedMemoryProvider;
import com.oracle.svm.core.os.ImageHeapProvider;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.Parker;
import com.oracle.svm.core.thread.PlatformThreads;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.util.PlatformTimeUtils;
import dev.ristretto.kernel.boot.Kernel;
import dev.ristretto.machine.ChosenMachine;
import dev.ristretto.machine.MachineEvents;
import dev.ristretto.machine.bare.BareMachine;
import dev.ristretto.machine.process.ProcessMachine;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderConfiguration.Plugins;
import jdk.graal.compiler.phases.util.Providers;
import org.graalvm.nativeimage.ImageSingletons;

/** Registers the machine, the kernel, and the kernel's answers to SubstrateVM, when an image is built. */
public final class KernelFeature implements InternalFeature {
    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageSingletons.add(BareMachine.class, new BareMachine());
        ImageSingletons.add(ProcessMachine.class, new ProcessMachine());
        ChosenMachine.choose(ImageSingletons.lookup(BareMachine.class));
        ImageSingletons.add(MachineEvents.class, new Kernel());

        ImageSingletons.add(LibCSupport.class, new KernelLibC());
        ImageSingletons.add(VirtualMemoryProvider.class, new KernelVirtualMemory());
        ImageSingletons.add(CommittedMemoryProvider.class, new KernelHeapMemory());
        ImageSingletons.add(ImageHeapProvider.class, new InPlaceImageHeap());
        ImageSingletons.add(PhysicalMemorySupport.class, new KernelPhysicalMemory());
        ImageSingletons.add(VMThreads.class, new KernelVMThreads());
        ImageSingletons.add(VMThreads.ThreadLookup.class, new KernelVMThreads.Lookup());
        ImageSingletons.add(PlatformThreads.class, new KernelPlatformThreads());
        ImageSingletons.add(Parker.ParkerFactory.class, new KernelParker.Factory());
        ImageSingletons.add(VMLockSupport.class, new KernelLocks());
        ImageSingletons.add(StackOverflowCheck.PlatformSupport.class, new KernelStacks());
        ImageSingletons.add(PlatformTimeUtils.class, new KernelTime());
    }

    @Override
    public void registerInvocationPlugins(Providers providers, Plugins plugins, ParsingReason reason) {
        KernelHeapSpaces.replaceConstant(plugins.getInvocationPlugins());
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Log.finalizeDefaultLogHandler(new KernelLogHandler());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new ProgramArguments());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new PowerButtonThread());
    }
}
