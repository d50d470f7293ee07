package dev.ristretto.cli.program;

import java.nio.file.Path;
import java.util.List;

/**
 * What an image can be built from.
 *
 * @param name a short name for the image
 * @param classpath jars and folders of classes, the program's own first
 * @param directory where what is made from it may be put
 */
public record Program(String name, List<Path> classpath, Path directory) {
    public Program {
        classpath = List.copyOf(classpath);
    }
}
