package dev.ristretto.imager.builder;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The access that the builder's modules need to one another and to the JDK's inner packages.
 *
 * <p>A full GraalVM distribution has that access compiled into its JDK. Which packages are needed is written nowhere, so all packages
 * of a few modules are opened to the builder; an opened package is also exported at run time (JLS §7.7.2).
 */
final class ModuleAccess {
    /** The JDK's modules into whose inner packages the builder reaches. */
    private static final List<String> JDK_MODULES = List.of("java.base", "jdk.internal.vm.ci", "java.management", "jdk.management",
            "jdk.jfr", "java.logging");

    private ModuleAccess() {
    }

    /** One {@code --add-opens} argument per package, in a fixed order. */
    static List<String> arguments(ModuleFinder builder) {
        Set<String> readers = new TreeSet<>();
        List<ModuleReference> opened = new ArrayList<>();
        for (ModuleReference module : builder.findAll()) {
            readers.add(module.descriptor().name());
            opened.add(module);
        }
        for (String name : JDK_MODULES) {
            ModuleFinder.ofSystem().find(name).ifPresent(opened::add);
        }
        String to = String.join(",", readers) + ",ALL-UNNAMED";
        Set<String> arguments = new TreeSet<>();
        for (ModuleReference module : opened) {
            ModuleDescriptor descriptor = module.descriptor();
            for (String name : descriptor.packages()) {
                arguments.add("--add-opens=" + descriptor.name() + "/" + name + "=" + to);
            }
        }
        return List.copyOf(arguments);
    }
}
