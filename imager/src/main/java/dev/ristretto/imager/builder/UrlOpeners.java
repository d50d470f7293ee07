package dev.ristretto.imager.builder;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Finds the methods of a program that open what a {@link java.net.URL} stands for. The builder leaves the handlers of {@code http:} and
 * {@code https:} out of an image unless it is told otherwise: they would bring a client and TLS into images that never use them. A program
 * that reaches one of these methods gets them (by {@code dev.ristretto.imager.inside.UrlProtocolsFeature}).
 *
 * <p>Not found: programs that have the JDK open a URL for them, say its XML parsers or {@code ImageIO}, or that do it by reflection.
 */
public final class UrlOpeners {
    private static final String URL = "java/net/URL";
    private static final Set<String> OPENING = Set.of("openConnection", "openStream", "getContent");
    private static final byte[] URL_BYTES = URL.getBytes(StandardCharsets.UTF_8);

    private UrlOpeners() {
    }

    /**
     * Looks through jars and folders of class files.
     *
     * @return sorted, each as {@code CLASS METHOD DESCRIPTOR}, the class by its binary name; classes that cannot be read have none
     * @throws IOException if an entry of the class path cannot be read
     */
    public static Collection<String> of(List<Path> classPath) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path entry : classPath) {
            if (Files.isDirectory(entry)) {
                ofFolder(entry, found);
            } else {
                ofJar(entry, found);
            }
        }
        return found;
    }

    private static void ofFolder(Path folder, Set<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                add(Files.readAllBytes(file), found);
            }
        }
    }

    private static void ofJar(Path jar, Set<String> found) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().filter(entry -> entry.getName().endsWith(".class")).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    add(in.readAllBytes(), found);
                }
            }
        }
    }

    static void add(byte[] bytes, Set<String> found) {
        if (!mentionsUrl(bytes)) {
            return;
        }
        try {
            ClassModel type = ClassFile.of().parse(bytes);
            if (opens(type.constantPool())) {
                type.methods().stream().filter(UrlOpeners::opens).forEach(method -> found.add(type.thisClass().asInternalName().replace('/', '.')
                        + " " + method.methodName().stringValue() + " " + method.methodType().stringValue()));
            }
        } catch (IllegalArgumentException e) {
            // Not a class file, or too new a one: the builder will say so if the program needs it.
            return;
        }
    }

    /** A quick look that passes over nearly all classes. */
    private static boolean mentionsUrl(byte[] bytes) {
        for (int i = 0; i <= bytes.length - URL_BYTES.length; i++) {
            int same = 0;
            while (same < URL_BYTES.length && bytes[i + same] == URL_BYTES[same]) {
                same++;
            }
            if (same == URL_BYTES.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(ConstantPool pool) {
        for (PoolEntry entry : pool) {
            if (entry instanceof MemberRefEntry member && opens(member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(MethodModel method) {
        return method.findAttribute(Attributes.code()).isPresent() && method.code().orElseThrow().elementStream().anyMatch(UrlOpeners::opens);
    }

    private static boolean opens(CodeElement element) {
        return switch (element) {
            case InvokeInstruction invoke -> opens(invoke.method());
            case InvokeDynamicInstruction dynamic -> opens(dynamic.invokedynamic().bootstrap());
            default -> false;
        };
    }

    /** A method reference, {@code URL::openStream}. */
    private static boolean opens(BootstrapMethodEntry bootstrap) {
        for (LoadableConstantEntry argument : bootstrap.arguments()) {
            if (argument instanceof MethodHandleEntry handle && opens(handle.reference())) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(MemberRefEntry member) {
        return member.owner().asInternalName().equals(URL) && OPENING.contains(member.name().stringValue());
    }
}
