package dev.ristretto.imager.builder;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Stands in for {@code com.oracle.svm.hosted.ProgressReporterCHelper}. That class loads a small C library for two figures that only
 * decorate the builder's output; the library is part of full GraalVM distributions and is not published.
 *
 * <p>The class is written byte by byte rather than compiled, because no source file of ours may be in a package of the builder's
 * modules: the compiler would have to be told to patch a module that it reads from the class path.
 */
final class ProgressReporterPatch {
    /** Wide enough that the builder does not shorten what is parsed from its output. */
    private static final int COLUMNS = 120;
    /** What the original answers where the figure is not to be had. */
    private static final long UNKNOWN = -1;

    private static final ClassDesc NAME = ClassDesc.of("com.oracle.svm.hosted.ProgressReporterCHelper");

    private ProgressReporterPatch() {
    }

    /** Writes the class below {@code directory} and returns the argument that patches it into the builder's module. */
    static String install(Path directory) throws IOException {
        Path file = directory.resolve("com/oracle/svm/hosted/ProgressReporterCHelper.class");
        Files.createDirectories(file.getParent());
        Files.write(file, classFile());
        return "--patch-module=org.graalvm.nativeimage.builder=" + directory;
    }

    static byte[] classFile() {
        return ClassFile.of().build(NAME, type -> {
            type.withFlags(ACC_PUBLIC | ACC_FINAL);
            Consumer<CodeBuilder> columns = code -> code.loadConstant(COLUMNS).ireturn();
            type.withMethodBody("getTerminalWindowColumnsClamped", MethodTypeDesc.of(CD_int), ACC_PUBLIC | ACC_STATIC, columns);
            type.withMethodBody("getTerminalWindowColumns", MethodTypeDesc.of(CD_int), ACC_PUBLIC | ACC_STATIC, columns);
            type.withMethodBody("getPeakRSS", MethodTypeDesc.of(CD_long), ACC_PUBLIC | ACC_STATIC,
                    code -> code.loadConstant(UNKNOWN).lreturn());
        });
    }
}
