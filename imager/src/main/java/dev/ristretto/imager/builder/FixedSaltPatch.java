package dev.ristretto.imager.builder;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.ristretto.imager.ImagingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes {@code Set.of} and {@code Map.of} in the builder's JVM iterate in the same order in each build. The JDK takes the order from
 * the clock as the JVM starts, so that nobody relies on it; but the order in which the builder comes upon methods and objects, and
 * with it the image, follows the builder's own sets, and one bit of it even becomes a constant in the image's code. What runs inside
 * the image still draws an order of its own at each start, as far as the builder leaves it that.
 */
final class FixedSaltPatch {
    private static final String CLASS_FILE = "java/util/ImmutableCollections.class";
    /** Any number will do. */
    private static final long SEED = 1;

    private FixedSaltPatch() {
    }

    /** Writes the class below {@code directory} and returns the argument that patches it into the builder's {@code java.base}. */
    static String install(Path directory) throws IOException, ImagingException {
        Path file = directory.resolve(CLASS_FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, classFile());
        return "--patch-module=java.base=" + directory;
    }

    /** The JDK's own class, except that the clock always shows the same time to it. */
    static byte[] classFile() throws IOException, ImagingException {
        AtomicInteger replaced = new AtomicInteger();
        byte[] patched = ClassFile.of().transformClass(original(), ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("<clinit>"),
                (code, element) -> {
                    if (element instanceof InvokeInstruction call && call.name().equalsString("nanoTime")
                            && call.typeSymbol().equals(MethodTypeDesc.of(CD_long))) {
                        replaced.incrementAndGet();
                        code.loadConstant(SEED);
                    } else {
                        code.with(element);
                    }
                }));
        if (replaced.get() != 1) {
            throw new ImagingException("This JDK draws the order of immutable sets in a way that is not known: " + Runtime.version(),
                    "Use a JDK 25, which Ristretto is made for.");
        }
        return patched;
    }

    private static ClassModel original() throws IOException {
        try (InputStream in = Object.class.getResourceAsStream("/" + CLASS_FILE)) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }
}
