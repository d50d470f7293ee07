package dev.ristretto.imager.inside;

import com.oracle.svm.core.SubstrateOptions;
import com.oracle.svm.core.jdk.JavaNetSubstitutions;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Puts the handlers of {@code http:} and {@code https:} into the image when a method that opens URLs is reached, as
 * {@code --enable-url-protocols=http,https} would do for every image. Which methods those are stands in a file that
 * {@code dev.ristretto.imager.builder.UrlOpeners} made.
 */
public final class UrlProtocolsFeature implements Feature {
    /** System property that names the file with a line {@code CLASS METHOD DESCRIPTOR} for each method; without it this does nothing. */
    public static final String FILE_PROPERTY = "dev.ristretto.imager.urlopeners";
    private static final List<String> PROTOCOLS = List.of(JavaNetSubstitutions.HTTP_PROTOCOL, JavaNetSubstitutions.HTTPS_PROTOCOL);

    private volatile boolean needed;
    private boolean done;

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(FILE_PROPERTY) != null;
    }

    @Override
    public String getDescription() {
        return "Adds http: and https: where URLs are opened";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        try (Stream<String> lines = Files.lines(Path.of(System.getProperty(FILE_PROPERTY)))) {
            lines.map(line -> line.split(" ")).forEach(words -> {
                Object opener = opener(access, words[0], words[1], words[2]);
                if (opener != null) {
                    access.registerReachabilityHandler(reached -> needed = true, opener);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The method or constructor; its class if that refers to others that are not there; null if it cannot be loaded at all. */
    private static Object opener(BeforeAnalysisAccess access, String name, String method, String descriptor) {
        Class<?> type = access.findClassByName(name);
        if (type == null) {
            return null;
        }
        try {
            Stream<Executable> candidates = method.equals("<init>") ? Stream.of(type.getDeclaredConstructors())
                    : Stream.of(type.getDeclaredMethods()).filter(candidate -> candidate.getName().equals(method)).map(Executable.class::cast);
            // A static initializer is no reflective object.
            return candidates.filter(candidate -> descriptor(candidate).equals(descriptor)).findFirst().map(Object.class::cast).orElse(type);
        } catch (LinkageError e) {
            return type;
        }
    }

    private static String descriptor(Executable executable) {
        Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
        return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
    }

    /** Between two rounds of the analysis, when nothing else looks at the table of handlers. */
    @Override
    public void duringAnalysis(DuringAnalysisAccess access) {
        if (!needed || done) {
            return;
        }
        done = true;
        try {
            Class<?> support = Class.forName("com.oracle.svm.core.jdk.URLProtocolsSupport");
            @SuppressWarnings("unchecked")
            Map<String, URLStreamHandler> handlers = (Map<String, URLStreamHandler>) ReflectionUtil.lookupField(support, "imageHandlers")
                    .get(ImageSingletons.lookup(support));
            int before = handlers.size();
            for (String protocol : PROTOCOLS) {
                if (!handlers.containsKey(protocol) && !SubstrateOptions.DisableURLProtocols.getValue().values().contains(protocol)) {
                    ReflectionUtil.lookupMethod(JavaNetSubstitutions.class, "addURLStreamHandler", String.class).invoke(null, protocol);
                }
            }
            if (handlers.size() == before) {
                return; // an option asked for them already
            }
            ((DuringAnalysisAccessImpl) access).rescanObject(handlers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The builder keeps the handlers of URL protocols elsewhere than in 25.0.2", e);
        }
        access.requireAnalysisIteration();
    }
}
