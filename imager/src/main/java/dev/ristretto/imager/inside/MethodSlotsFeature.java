package dev.ristretto.imager.inside;

import com.oracle.graal.pointsto.util.GraalAccess;
import com.oracle.svm.hosted.ameta.FieldValueInterceptionSupport;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import jdk.vm.ci.meta.ResolvedJavaField;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Leaves the slots of reflection's methods and constructors out of images, so that two builds are the same. A slot says where HotSpot has
 * the method in its class, which depends on addresses; in an image nothing looks a method up by it.
 */
public final class MethodSlotsFeature implements Feature {
    private static final String SLOT = "slot";

    @Override
    public String getDescription() {
        return "Forgets where HotSpot has methods";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Class<? extends Executable> type : List.of(Method.class, Constructor.class)) {
            FieldValueInterceptionSupport.singleton().registerFieldValueTransformer(slot(type), (receiver, value) -> 0);
        }
    }

    /** Reflection does not show its own fields. */
    private static ResolvedJavaField slot(Class<?> type) {
        return Arrays.stream(GraalAccess.getOriginalProviders().getMetaAccess().lookupJavaType(type).getInstanceFields(false))
                .filter(field -> field.getName().equals(SLOT)).findAny()
                .orElseThrow(() -> new IllegalStateException(type.getName() + " of this JDK has no slot; the builder is made for JDK 25"));
    }
}
