package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.genscavenge.HeapParameters;
import com.oracle.svm.core.util.UnsignedUtils;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import jdk.graal.compiler.nodes.CallTargetNode.InvokeKind;
import jdk.graal.compiler.nodes.ValueNode;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderContext;
import jdk.graal.compiler.nodes.graphbuilderconf.InvocationPlugin;
import jdk.graal.compiler.nodes.graphbuilderconf.InvocationPlugins;
import jdk.graal.compiler.nodes.graphbuilderconf.InvocationPlugins.Registration;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.UnsignedWord;

/**
 * The least size of a space of the Java heap. SubstrateVM's policy gives each of the four (eden, two for survivors, old) eight chunks at
 * least, 16 MiB in all, however small the machine is. A heap that may grow to more than half of memory cannot be copied any more when
 * it is full, and the collector's failure is a panic where the program should have got an {@link OutOfMemoryError}. So spaces may be
 * smaller where memory is.
 */
final class KernelHeapSpaces {
    private static final int SPACES = 4;
    private static final int MOST_CHUNKS = 8;
    /** How much of what counts for the heap it may take: the default of SubstrateVM's MaximumHeapSizePercent, which no option of an image changes. */
    private static final int LIMIT_PERCENT = 80;

    private KernelHeapSpaces() {
    }

    /** Between one and eight chunks: as many as leave the four spaces within the limit that memory puts on the heap. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static UnsignedWord leastSize() {
        UnsignedWord chunk = HeapParameters.getAlignedHeapChunkSize();
        UnsignedWord limit = KernelPhysicalMemory.forHeap().unsignedDivide(100).multiply(LIMIT_PERCENT);
        UnsignedWord share = limit.unsignedDivide(SPACES);
        return UnsignedUtils.clamp(UnsignedUtils.roundDown(share, chunk), chunk, chunk.multiply(MOST_CHUNKS));
    }

    /** Makes the policy's calls of {@code minSpaceSize()}, otherwise answered when the image is built, calls of {@link #leastSize}. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static void replaceConstant(InvocationPlugins plugins) {
        Type policy;
        Method replacement;
        try {
            policy = Class.forName("com.oracle.svm.core.genscavenge.AbstractCollectionPolicy");
            replacement = KernelHeapSpaces.class.getDeclaredMethod("leastSize");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The builder's collector is not that of 25.0.2", e);
        }
        new Registration(plugins, policy).setAllowOverwrite(true).register(new InvocationPlugin.RequiredInvocationPlugin("minSpaceSize") {
            @Override
            public boolean apply(GraphBuilderContext b, ResolvedJavaMethod target, Receiver receiver) {
                b.handleReplacedInvoke(InvokeKind.Static, b.getMetaAccess().lookupJavaMethod(replacement), new ValueNode[0], false);
                return true;
            }
        });
    }
}
