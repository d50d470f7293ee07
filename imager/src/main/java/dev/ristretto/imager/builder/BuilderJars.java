package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jars that make up the builder: modules, all in one directory. */
public final class BuilderJars {
    private static final String BUILDER_MODULE = "org.graalvm.nativeimage.builder";
    private static final String COMPILER_MODULE = "jdk.graal.compiler";

    private final List<Path> jars;
    private final ModuleFinder modules;

    private BuilderJars(List<Path> jars, ModuleFinder modules) {
        this.jars = jars;
        this.modules = modules;
    }

    /**
     * The jars of a directory.
     *
     * @throws ImagingException if the directory cannot be read or holds no builder
     */
    public static BuilderJars in(Path directory) throws ImagingException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted(Comparator.comparing(Path::toString)).forEach(jars::add);
            BuilderJars found = new BuilderJars(jars, ModuleFinder.of(jars.toArray(Path[]::new)));
            found.location(BUILDER_MODULE);
            found.location(COMPILER_MODULE);
            return found;
        } catch (IOException | FindException e) {
            throw incomplete(directory + ": " + e.getMessage(), e);
        }
    }

    /** All modules in the directory. */
    ModuleFinder modules() {
        return modules;
    }

    /** The compiler, which replaces the JDK's own module of that name. */
    Path compiler() throws ImagingException {
        return location(COMPILER_MODULE);
    }

    /** Every jar but {@link #compiler()}, in order of name. */
    List<Path> others() throws ImagingException {
        Path compiler = compiler();
        return jars.stream().filter(jar -> !jar.equals(compiler)).toList();
    }

    /** Every jar, in order of name. */
    public List<Path> all() {
        return List.copyOf(jars);
    }

    /** The builder's version, for example {@code 25.0.2}. */
    public String version() throws ImagingException {
        Path jar = location(BUILDER_MODULE);
        try (JarFile file = new JarFile(jar.toFile())) {
            String version = file.getManifest() == null ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            if (version == null) {
                throw incomplete(jar + " does not say which version it is", null);
            }
            return version;
        } catch (IOException e) {
            throw incomplete(jar + ": " + e.getMessage(), e);
        }
    }

    private Path location(String module) throws ImagingException {
        ModuleReference reference = modules.find(module).orElseThrow(() -> incomplete("module " + module + " is missing", null));
        return Path.of(reference.location().orElseThrow());
    }

    private static ImagingException incomplete(String what, Throwable cause) {
        return new ImagingException("The native-image builder is not where it should be: " + what,
                "Build Ristretto again, so that its folder of builder jars is filled anew.", cause);
    }
}
