package dev.ristretto.jdk.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.graal.pointsto.meta.AnalysisUniverse;
import com.oracle.graal.pointsto.meta.InvokeInfo;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.util.UserError;
import com.oracle.svm.hosted.FeatureImpl.AfterAnalysisAccessImpl;

import dev.ristretto.jdk.detect.CallPaths.Call;
import dev.ristretto.jdk.detect.UnansweredNative.Frame;
import jdk.vm.ci.code.BytecodePosition;

/**
 * Looks for unanswered native methods when the analysis has found out what the program can reach.
 *
 * <p>Two system properties of the builder say what becomes of them:
 * <ul>
 * <li>{@code ristretto.natives.report}: the file to write the full report to ({@link UnansweredReport}); it is empty when there is
 * nothing to report. Without it, only the summary is printed.</li>
 * <li>{@code ristretto.natives.strict}: {@code true} makes the build fail if there are any.</li>
 * </ul>
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class UnansweredNativesFeature implements InternalFeature {
    /** Names the report's file. */
    public static final String REPORT = "ristretto.natives.report";
    /** Whether the build fails. */
    public static final String STRICT = "ristretto.natives.strict";

    private static final int SHOWN = 10;

    /**
     * SubstrateVM gives a body of this kind to every native method that is neither substituted, nor an intrinsic, nor a C function; the
     * body looks for the symbol at run time. The class is not accessible, hence the name.
     */
    private static final String CALL_WRAPPER = "com.oracle.svm.hosted.jni.JNINativeCallWrapperMethod";

    /** What is on the class path without being the program's. */
    private static final String OUR_PACKAGES = "dev.ristretto.";

    private final Map<AnalysisMethod, String> names = new HashMap<>();

    @Override
    public String getDescription() {
        return "Reports native methods that an image cannot answer";
    }

    @Override
    public void afterAnalysis(AfterAnalysisAccess access) {
        AnalysisUniverse universe = ((AfterAnalysisAccessImpl) access).getUniverse();
        List<UnansweredNative> natives = find(universe);
        String report = System.getProperty(REPORT);
        if (report != null) {
            try {
                Files.writeString(Path.of(report), UnansweredReport.full(natives));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the report on native methods to " + report, e);
            }
        }
        if (natives.isEmpty()) {
            return;
        }
        String summary = UnansweredReport.summary(natives, SHOWN);
        if (Boolean.getBoolean(STRICT)) {
            throw UserError.abort("%s", summary);
        }
        System.out.print(summary);
    }

    private List<UnansweredNative> find(AnalysisUniverse universe) {
        List<AnalysisMethod> unanswered = new ArrayList<>();
        for (AnalysisMethod method : universe.getMethods()) {
            if (method.isReachable() && method.getWrapped().getClass().getName().equals(CALL_WRAPPER)) {
                unanswered.add(method);
            }
        }
        if (unanswered.isEmpty()) {
            return List.of();
        }
        Comparator<AnalysisMethod> byName = Comparator.comparing(this::name);
        List<AnalysisMethod> roots = AnalysisUniverse.getCallTreeRoots(universe);
        roots.sort(byName);
        CallPaths<AnalysisMethod, BytecodePosition> paths = new CallPaths<>(roots, caller -> calls(caller, byName));
        unanswered.sort(byName);
        List<UnansweredNative> natives = new ArrayList<>(unanswered.size());
        for (AnalysisMethod method : unanswered) {
            List<Frame> frames = new ArrayList<>();
            for (CallPaths.Step<AnalysisMethod, BytecodePosition> step : paths.pathTo(method)) {
                addFrames(step, frames);
            }
            natives.add(new UnansweredNative(method.format("%H.%n(%p)"), module(method), frames));
        }
        return natives;
    }

    private List<Call<AnalysisMethod, BytecodePosition>> calls(AnalysisMethod caller, Comparator<AnalysisMethod> byName) {
        List<Call<AnalysisMethod, BytecodePosition>> calls = new ArrayList<>();
        for (InvokeInfo invoke : caller.getInvokes()) {
            for (AnalysisMethod callee : invoke.getAllCallees()) {
                calls.add(new Call<>(invoke.getPosition(), callee));
            }
        }
        calls.sort(Comparator.comparing((Call<AnalysisMethod, BytecodePosition> call) -> call.place().getBCI())
                        .thenComparing(Call::target, byName));
        return calls;
    }

    /** A call may be in methods that were inlined into the caller; they are frames too. */
    private static void addFrames(CallPaths.Step<AnalysisMethod, BytecodePosition> step, List<Frame> frames) {
        if (step.place() == null) {
            frames.add(frame(step.caller(), 0));
        }
        for (BytecodePosition position = step.place(); position != null; position = position.getCaller()) {
            frames.add(frame((AnalysisMethod) position.getMethod(), position.getBCI()));
        }
    }

    private static Frame frame(AnalysisMethod method, int bci) {
        boolean ofProgram = module(method).isEmpty() && !method.getDeclaringClass().toJavaName().startsWith(OUR_PACKAGES);
        return new Frame(method.asStackTraceElement(bci).toString(), ofProgram);
    }

    private String name(AnalysisMethod method) {
        return names.computeIfAbsent(method, m -> m.format("%H.%n(%P):%R"));
    }

    private static String module(AnalysisMethod method) {
        Module module = method.getDeclaringClass().getJavaClass().getModule();
        return module.isNamed() ? module.getName() : "";
    }
}
