package dev.ristretto.imager.builder;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.ristretto.imager.ImagingException;
import dev.ristretto.imager.OwnCode;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Patches for the builder's JVM that take chance out of it. The order in which the builder comes upon methods and objects decides where
 * they lie in the image, and in a JVM as it is that order depends on the clock and on addresses:
 * <ul>
 * <li>{@code Set.of} and {@code Map.of} iterate in an order drawn from the clock as the JVM starts;</li>
 * <li>time zones and clocks remember when their class was initialized, which the builder does;</li>
 * <li>reflection and the compiler interface list a class' methods in the order in which their names lie in memory;</li>
 * <li>hash codes of reflection's members contain the name of their class, which for hidden classes ends in an address;</li>
 * <li>the compiler interface makes hash codes of methods and hidden classes from addresses, and of constants that are a class from an
 *     object that stands for the class until the garbage collector finds it unused;</li>
 * <li>the next identity hash code of a thread depends on how many it has drawn, and streams from jars draw one each: whichever thread is
 *     first to need a class loads it;</li>
 * <li>a class draws its identity hash code from the thread that loads it, and a thread's hash codes depend on what the just-in-time compilers
 *     did until it was made;</li>
 * <li>method handles count calls from code that is not compiled yet, to be specialized after many.</li>
 * </ul>
 * What runs inside an image is not patched.
 */
final class RepeatableJvm {
    private static final String BASE = "java.base";
    private static final String COMPILER = "jdk.internal.vm.ci";
    private static final String BASE_HELPERS = "dev/ristretto/imager/jvm/base";
    private static final String COMPILER_HELPERS = "dev/ristretto/imager/jvm/compiler";
    private static final String HOTSPOT = "jdk/vm/ci/hotspot/";
    /** What immutable collections take for the time; any number will do. */
    private static final long SEED = 1;

    /** What time zones take for the present, 2025-09-16, when JDK 25 was released: the builder's moment would go into the image. */
    private static final long RELEASED_MILLIS = 1_757_980_800_000L;

    private static final ClassDesc METHODS = ClassDesc.of("java.lang.reflect.Method").arrayType();
    private static final ClassDesc METHOD_ORDER = ClassDesc.of("dev.ristretto.imager.jvm.base.MethodOrder");
    private static final ClassDesc EARLY_CLASSES = ClassDesc.of("dev.ristretto.imager.jvm.base.EarlyClasses");
    private static final ClassDesc MEMBER_HASH = ClassDesc.of("dev.ristretto.imager.jvm.base.MemberHash");
    private static final ClassDesc MEMBER = ClassDesc.of("java.lang.reflect.Member");
    private static final ClassDesc RESOLVED_METHOD = ClassDesc.of("jdk.vm.ci.meta.ResolvedJavaMethod");
    private static final ClassDesc RESOLVED_METHODS = RESOLVED_METHOD.arrayType();
    private static final ClassDesc RESOLVED_TYPE = ClassDesc.of("jdk.vm.ci.meta.ResolvedJavaType");
    private static final ClassDesc REPEATABLE = ClassDesc.of("dev.ristretto.imager.jvm.compiler.Repeatable");

    private final Path directory;

    private RepeatableJvm(Path directory) {
        this.directory = directory;
    }

    /** Writes patched classes below {@code directory}, and returns the arguments that bring them into the builder's JVM. */
    static List<String> install(Path directory) throws IOException, ImagingException {
        OwnCode.copyTo(directory.resolve(BASE), BASE_HELPERS);
        OwnCode.copyTo(directory.resolve(COMPILER), COMPILER_HELPERS);
        RepeatableJvm jvm = new RepeatableJvm(directory);
        jvm.patchCalls(BASE, "java/util/ImmutableCollections", 1, "nanoTime", MethodTypeDesc.of(CD_long),
                (code, call) -> code.loadConstant(SEED));
        jvm.patchCalls(BASE, "sun/util/calendar/ZoneInfoFile", 1, "currentTimeMillis", MethodTypeDesc.of(CD_long),
                (code, call) -> code.loadConstant(RELEASED_MILLIS));
        // Clocks correct themselves when the present is far from what they remember.
        jvm.patchCalls(BASE, "java/time/Clock", method -> method.methodName().equalsString("<clinit>"), 1, "currentTimeMillis",
                MethodTypeDesc.of(CD_long), (code, call) -> code.loadConstant(RELEASED_MILLIS));
        jvm.patchCalls(BASE, "java/lang/Class", 1, "getDeclaredMethods0", MethodTypeDesc.of(METHODS, CD_boolean),
                (code, call) -> code.with(call).invokestatic(METHOD_ORDER, "sorted", MethodTypeDesc.of(METHODS, METHODS)));
        jvm.patchCalls(BASE, "java/lang/Thread", 2, "start0", MethodTypeDesc.of(CD_void),
                (code, call) -> code.invokestatic(EARLY_CLASSES, "load", MethodTypeDesc.of(CD_void)).with(call));
        for (String stream : List.of("ZipFileInputStream", "ZipFileInflaterInputStream")) {
            jvm.addHash("java/util/zip/ZipFile$" + stream);
        }
        jvm.patchCalls(COMPILER, HOTSPOT + "HotSpotMetaspaceConstantImpl", 1, "identityHashCode", MethodTypeDesc.of(CD_int, CD_Object),
                (code, call) -> code.invokevirtual(CD_Object, "hashCode", MethodTypeDesc.of(CD_int)));
        ClassDesc type = ClassDesc.ofInternalName(HOTSPOT + "HotSpotResolvedObjectTypeImpl");
        String compilerToVm = HOTSPOT + "CompilerToVM";
        // Each list has a native method and a Java method around it, and only the latter calls by this signature.
        jvm.patchCalls(COMPILER, compilerToVm, 3, null, MethodTypeDesc.of(RESOLVED_METHODS, type, CD_long),
                (code, call) -> code.with(call).invokestatic(REPEATABLE, "sorted", MethodTypeDesc.of(RESOLVED_METHODS, RESOLVED_METHODS)));
        jvm.patchHash(COMPILER, HOTSPOT + "HotSpotResolvedJavaMethodImpl", REPEATABLE, "hash", RESOLVED_METHOD);
        jvm.patchHash(COMPILER, HOTSPOT + "HotSpotResolvedJavaType", REPEATABLE, "hash", RESOLVED_TYPE);
        for (String member : List.of("Method", "Constructor", "Field")) {
            jvm.patchHash(BASE, "java/lang/reflect/" + member, MEMBER_HASH, "of", MEMBER);
        }
        return List.of("-Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=-1", "--patch-module=" + BASE + "=" + directory.resolve(BASE),
                "--patch-module=" + COMPILER + "=" + directory.resolve(COMPILER));
    }

    /**
     * Changes what calls of a method compile to.
     *
     * @param expected how many calls there are
     * @param name of the method called, null for any
     */
    private void patchCalls(String module, String type, int expected, String name, MethodTypeDesc signature,
            BiConsumer<CodeBuilder, InvokeInstruction> change) throws IOException, ImagingException {
        patchCalls(module, type, caller -> true, expected, name, signature, change);
    }

    private void patchCalls(String module, String type, Predicate<MethodModel> callers, int expected, String name, MethodTypeDesc signature,
            BiConsumer<CodeBuilder, InvokeInstruction> change) throws IOException, ImagingException {
        AtomicInteger found = new AtomicInteger();
        write(module, type, ClassTransform.transformingMethodBodies(callers, (code, element) -> {
            if (element instanceof InvokeInstruction call && (name == null || call.name().equalsString(name)) && call.typeSymbol().equals(signature)) {
                found.incrementAndGet();
                change.accept(code, call);
            } else {
                code.with(element);
            }
        }));
        check(type, expected, found.get());
    }

    /** Makes a class' {@code hashCode} return what a method of ours answers for the object. */
    private void patchHash(String module, String type, ClassDesc helper, String name, ClassDesc of) throws IOException, ImagingException {
        AtomicInteger found = new AtomicInteger();
        write(module, type, ClassTransform.transformingMethods(method -> method.methodName().equalsString("hashCode"), (method, element) -> {
            if (element instanceof CodeModel) {
                found.incrementAndGet();
                method.withCode(code -> code.aload(0).invokestatic(helper, name, MethodTypeDesc.of(CD_int, of)).ireturn());
            } else {
                method.with(element);
            }
        }));
        check(type, 1, found.get());
    }

    /** Gives a class of which there are never many objects in a table a hash code that is always the same. */
    private void addHash(String type) throws IOException, ImagingException {
        AtomicInteger present = new AtomicInteger();
        ClassTransform keeping = (builder, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString("hashCode")) {
                present.incrementAndGet();
            }
            builder.with(element);
        };
        write(BASE, type, keeping.andThen(ClassTransform.endHandler(builder ->
                builder.withMethodBody("hashCode", MethodTypeDesc.of(CD_int), ClassFile.ACC_PUBLIC, code -> code.loadConstant(1).ireturn()))));
        check(type, 0, present.get());
    }

    private void write(String module, String type, ClassTransform change) throws IOException {
        Path original = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module, type + ".class");
        Path patched = directory.resolve(module).resolve(type + ".class");
        Files.createDirectories(patched.getParent());
        ClassFile classes = ClassFile.of();
        Files.write(patched, classes.transformClass(classes.parse(Files.readAllBytes(original)), change));
    }

    private static void check(String type, int expected, int found) throws ImagingException {
        if (found != expected) {
            throw new ImagingException("This JDK is not as known: " + Runtime.version() + ", " + type + " has " + found + " places to patch, not "
                    + expected, "Use JDK 25, which this version of Ristretto is made for.");
        }
    }
}
