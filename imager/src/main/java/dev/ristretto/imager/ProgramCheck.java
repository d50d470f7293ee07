package dev.ristretto.imager;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** Looks a program over before minutes of compiling: every mistake here would otherwise show late and in the builder's words. */
final class ProgramCheck {
    /** Class file version of JDK 25 (JVM Specification §4.1). */
    private static final int NEWEST_CLASS_FILE = 69;
    private static final int SUGGESTIONS = 5;

    private final List<Path> classpath;

    private ProgramCheck(List<Path> classpath) {
        this.classpath = classpath;
    }

    /**
     * A program that can be compiled, as far as can be told.
     *
     * @param classpath absolute, with the jars that manifests refer to
     * @param mainClass binary name of a class with a main method
     */
    record Program(List<Path> classpath, String mainClass) {
    }

    /** Checks class path and main class; {@code mainClass} may be null for the first jar's. */
    static Program check(List<Path> given, String mainClass) throws ImagingException {
        if (given.isEmpty()) {
            throw new ImagingException("There is nothing to build: the class path is empty", "Name a jar or a folder of classes.");
        }
        ProgramCheck check = new ProgramCheck(expand(given));
        String name = mainClass != null ? mainClass.replace('/', '.') : check.mainClassOfFirstJar();
        check.checkMain(name);
        return new Program(check.classpath, name);
    }

    /** Follows {@code Class-Path} of manifests, as the java command does (JAR File Specification, "Class-Path Attribute"). */
    private static List<Path> expand(List<Path> given) throws ImagingException {
        Set<Path> found = new LinkedHashSet<>();
        for (Path entry : given) {
            Path path = entry.toAbsolutePath().normalize();
            if (path.toString().contains(File.pathSeparator)) {
                throw new ImagingException("A class path entry has a " + File.pathSeparator + " in its name: " + path, "Rename it.");
            }
            if (!Files.exists(path)) {
                throw new ImagingException("There is no " + path, "Check the class path; build the program first if this is its jar.");
            }
            if (found.add(path) && !Files.isDirectory(path)) {
                addReferred(path, found);
            }
        }
        return List.copyOf(found);
    }

    private static void addReferred(Path jar, Set<Path> found) throws ImagingException {
        String list = attribute(jar, Attributes.Name.CLASS_PATH);
        if (list == null) {
            return;
        }
        for (String word : list.trim().split("\\s+")) {
            Path referred = word.isEmpty() || word.contains(":") ? null : jar.resolveSibling(word).normalize();
            // The java command, too, passes over what is not there.
            if (referred != null && Files.exists(referred) && found.add(referred) && !Files.isDirectory(referred)) {
                addReferred(referred, found);
            }
        }
    }

    private static String attribute(Path jar, Attributes.Name name) throws ImagingException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue(name);
        } catch (ZipException e) {
            throw new ImagingException(jar + " is not a jar: " + e.getMessage(),
                    "A class path consists of jars and folders of class files.", e);
        } catch (IOException e) {
            throw new ImagingException(jar + " cannot be read: " + e.getMessage(), null, e);
        }
    }

    /** What the manifest says; without that, the only class that there is to start. */
    private String mainClassOfFirstJar() throws ImagingException {
        Path first = classpath.getFirst();
        String name = Files.isDirectory(first) ? null : attribute(first, Attributes.Name.MAIN_CLASS);
        if (name != null) {
            return name.trim();
        }
        List<String> startable = startableClasses();
        if (startable.size() == 1) {
            return startable.getFirst();
        }
        throw new ImagingException("Which class to start is not known: " + first
                + (Files.isDirectory(first) ? " is a folder" : " has no Main-Class in its manifest")
                + (startable.isEmpty() ? ", and no class in it has a main method" : ""), "Name the main class (--main)." + suggestions());
    }

    private void checkMain(String name) throws ImagingException {
        byte[] bytes = find(name);
        if (bytes == null) {
            throw new ImagingException("Main class " + name + " is not in the class path " + classpath, hint());
        }
        int version = bytes.length < 8 ? 0 : (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (version > NEWEST_CLASS_FILE) {
            throw new ImagingException("Main class " + name + " was compiled for Java " + (version - 44) + ", but images run Java 25",
                    "Compile it with --release 25 or less.");
        }
        if (!hasMain(parse(bytes))) {
            throw new ImagingException("Class " + name + " has no main method",
                    "Give it a public static void main(String[]), or name another class." + suggestions());
        }
    }

    private String hint() {
        String found = suggestions();
        return found.isEmpty() ? "Check the name and the class path." : "Check the name." + found;
    }

    /** JEP 512: static or not, with or without parameter, not private, own or inherited. */
    private boolean hasMain(ClassModel type) {
        ClassModel at = type;
        while (at != null) {
            for (MethodModel method : at.methods()) {
                String descriptor = method.methodType().stringValue();
                if (method.methodName().equalsString("main") && (method.flags().flagsMask() & ClassFile.ACC_PRIVATE) == 0
                        && (descriptor.equals("([Ljava/lang/String;)V") || descriptor.equals("()V"))) {
                    return true;
                }
            }
            at = at.superclass().map(parent -> find(parent.asInternalName().replace('/', '.'))).map(ProgramCheck::parse).orElse(null);
        }
        return false;
    }

    /** The class of this name in the class path, or null. */
    private byte[] find(String name) {
        String file = name.replace('.', '/') + ".class";
        for (Path entry : classpath) {
            try {
                byte[] bytes = read(entry, file);
                if (bytes != null) {
                    return bytes;
                }
            } catch (IOException e) {
                // An entry that cannot be read has no class of that name; the builder reads all entries again and says so.
                continue;
            }
        }
        return null;
    }

    /** The class, or null for bytes that are none. */
    private static ClassModel parse(byte[] bytes) {
        try {
            return ClassFile.of().parse(bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] read(Path entry, String file) throws IOException {
        if (Files.isDirectory(entry)) {
            Path path = entry.resolve(file);
            return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            ZipEntry found = jar.getEntry(file);
            if (found == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(found)) {
                return in.readAllBytes();
            }
        }
    }

    private String suggestions() {
        List<String> found = startableClasses();
        return found.isEmpty() ? "" : " Classes with a main method: " + String.join(", ", found) + ".";
    }

    /** Some classes of the first entry that could be started; none if it cannot be read. */
    private List<String> startableClasses() {
        List<String> found = new ArrayList<>();
        try {
            for (String file : classFiles(classpath.getFirst())) {
                byte[] bytes = read(classpath.getFirst(), file);
                if (bytes != null && startable(bytes)) {
                    found.add(file.substring(0, file.length() - ".class".length()).replace('/', '.').replace('\\', '.'));
                }
                if (found.size() == SUGGESTIONS) {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
        return found;
    }

    private static boolean startable(byte[] bytes) {
        ClassModel type = parse(bytes);
        return type != null && type.methods().stream().anyMatch(method -> method.methodName().equalsString("main")
                && method.methodType().equalsString("([Ljava/lang/String;)V"));
    }

    private static List<String> classFiles(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (var files = Files.walk(entry)) {
                return files.map(file -> entry.relativize(file).toString()).filter(name -> name.endsWith(".class")).sorted().toList();
            }
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .sorted().toList();
        }
    }
}
