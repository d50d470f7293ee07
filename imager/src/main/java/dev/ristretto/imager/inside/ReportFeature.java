package dev.ristretto.imager.inside;

import com.oracle.graal.pointsto.meta.AnalysisType;
import com.oracle.svm.hosted.FeatureImpl.AfterAnalysisAccessImpl;
import com.oracle.svm.hosted.FeatureImpl.AfterCompilationAccessImpl;
import com.oracle.svm.hosted.FeatureImpl.BeforeImageWriteAccessImpl;
import com.oracle.svm.hosted.code.CompileQueue.CompileTask;
import com.oracle.svm.hosted.image.NativeImageHeap.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Writes down what goes into the image and why: a text file of tab-separated rows, which {@code dev.ristretto.imager.report} reads.
 *
 * <pre>
 * code CLASS BYTES METHODS      machine code compiled from a class' methods, inlined callees included
 * heap TYPE BYTES OBJECTS       objects of a type in the image heap
 * class CLASS ID                a class in the image, and the row that tells why
 * why ID NEXT TEXT              a reason, and the row with the reason for that, or 0
 * </pre>
 */
public final class ReportFeature implements Feature {
    /** System property that names the file to write; without it nothing is written. */
    public static final String FILE_PROPERTY = "dev.ristretto.imager.report";

    private final List<String> rows = new ArrayList<>();

    /** Bytes, and how many methods or objects they belong to. */
    private static final class Sum {
        private long bytes;
        private long count;

        void add(long more) {
            bytes += more;
            count++;
        }
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(FILE_PROPERTY) != null;
    }

    @Override
    public String getDescription() {
        return "Writes down what is in the image and why";
    }

    @Override
    public void afterAnalysis(AfterAnalysisAccess access) {
        Reasons reasons = new Reasons(((AfterAnalysisAccessImpl) access).getBigBang());
        ((AfterAnalysisAccessImpl) access).getUniverse().getTypes().stream().filter(AnalysisType::isReachable)
                .sorted(Comparator.comparing(AnalysisType::toJavaName))
                .forEach(type -> rows.add("class\t" + type.toJavaName() + "\t" + reasons.of(type)));
        rows.addAll(reasons.rows());
    }

    @Override
    public void afterCompilation(AfterCompilationAccess access) {
        Map<String, Sum> sums = new TreeMap<>();
        for (CompileTask task : ((AfterCompilationAccessImpl) access).getCompilationTasks()) {
            sum(sums, task.method.getDeclaringClass().toJavaName()).add(task.result.getTargetCodeSize());
        }
        add("code", sums);
    }

    @Override
    public void beforeImageWrite(BeforeImageWriteAccess access) {
        Map<String, Sum> sums = new TreeMap<>();
        for (ObjectInfo object : ((BeforeImageWriteAccessImpl) access).getImage().getHeap().getObjects()) {
            sum(sums, object.getClazz().toJavaName()).add(object.getSize());
        }
        add("heap", sums);
        try {
            Files.write(Path.of(System.getProperty(FILE_PROPERTY)), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sum sum(Map<String, Sum> sums, String name) {
        return sums.computeIfAbsent(name, added -> new Sum());
    }

    private void add(String kind, Map<String, Sum> sums) {
        sums.forEach((name, sum) -> rows.add(kind + "\t" + name + "\t" + sum.bytes + "\t" + sum.count));
    }
}
