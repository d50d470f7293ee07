package dev.ristretto.kernel.boot;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import dev.ristretto.kernel.Power;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.word.PointerBase;

/** The first thread: makes the isolate, runs the program, and ends the image with the program's exit code. */
final class MainThread {
    private MainThread() {
    }

    /** SubstrateVM's own entry of a Java program ({@code JavaMainWrapper.run}), which it publishes under C's name. */
    @CFunction(value = "main", transition = Transition.NO_TRANSITION)
    private static native int main(int argc, CCharPointerPointer argv);

    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_main_thread")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static long run(@SuppressWarnings("unused") PointerBase unused) {
        Power.exit(main(CommandLine.argc(), CommandLine.argv()));
        return 0;
    }
}
