package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCheckTest {
    private static final MethodTypeDesc MAIN = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String.arrayType());

    @TempDir
    private Path directory;
    private Path classes;

    @BeforeEach
    void classes() throws IOException {
        classes = Files.createDirectories(directory.resolve("classes"));
        write("a.Good", null, 69, "main");
        write("a.Child", "a.Good", 69);
        write("a.None", null, 69, "run");
        write("a.Late", null, 70, "main");
    }

    private void write(String name, String parent, int version, String... methods) throws IOException {
        Path file = classes.resolve(name.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, ClassFile.of().build(ClassDesc.of(name), type -> {
            type.withVersion(version, 0);
            type.withSuperclass(parent == null ? ConstantDescs.CD_Object : ClassDesc.of(parent));
            for (String method : methods) {
                type.withMethodBody(method, MAIN, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> code.return_());
            }
        }));
    }

    private Path jar(String name, String mainClass, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (mainClass != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        if (classPath != null) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path jar = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("a/Good.class"));
            out.write(Files.readAllBytes(classes.resolve("a/Good.class")));
        }
        return jar;
    }

    private static ImagingException refused(String mainClass, Path... classPath) {
        return assertThrows(ImagingException.class, () -> ProgramCheck.check(List.of(classPath), mainClass));
    }

    @Test
    void acceptsMainMethodsOfItsOwnAndInherited() throws ImagingException {
        assertEquals("a.Good", ProgramCheck.check(List.of(classes), "a.Good").mainClass());
        assertEquals("a.Child", ProgramCheck.check(List.of(classes), "a/Child").mainClass());
    }

    @Test
    void takesMainClassAndClassPathFromTheManifest() throws Exception {
        Path library = jar("lib.jar", null, null);
        ProgramCheck.Program program = ProgramCheck.check(List.of(jar("app.jar", "a.Good", "lib.jar missing.jar")), null);
        assertEquals("a.Good", program.mainClass());
        assertEquals(List.of(directory.resolve("app.jar"), library), program.classpath());
    }

    @Test
    void theOnlyClassThatCanBeStartedNeedsNotBeNamed() throws Exception {
        assertEquals("a.Good", ProgramCheck.check(List.of(jar("app.jar", null, null)), null).mainClass());
        assertEquals("a.Good", ProgramCheck.check(List.of(classes), null).mainClass());
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertTrue(refused(null, directory.resolve("nowhere.jar")).getMessage().contains("nowhere.jar"));
        assertTrue(refused("a.Gone", classes).getMessage().contains("a.Gone"));
        assertTrue(refused("a.Gone", classes).hint().contains("a.Good"), "suggests what there is");
        assertTrue(refused("a.None", classes).getMessage().contains("no main method"));
        assertTrue(refused("a.Late", classes).getMessage().contains("Java 26"));
        write("a.Other", null, 69, "main");
        assertTrue(refused(null, classes).getMessage().contains("is a folder"));
        assertTrue(refused(null, classes).hint().contains("a.Good, a.Other"), "several could be meant");
        Files.delete(classes.resolve("a/Good.class"));
        Files.delete(classes.resolve("a/Other.class"));
        assertTrue(refused(null, classes).getMessage().contains("no class in it has a main method"));
        assertTrue(refused(null).getMessage().contains("class path is empty"));
    }

    @Test
    void aFileThatIsNoJarIsToldAsSuch() throws IOException {
        Path file = Files.writeString(directory.resolve("text.jar"), "no zip at all");
        assertTrue(refused("a.Good", file).getMessage().contains("text.jar is not a jar"));
        assertTrue(refused("a.Good", Files.write(directory.resolve("empty.jar"), new byte[0])).getMessage().contains("is not a jar"));
    }
}
