package dev.ristretto.imagetests.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test an empty directory and removes it afterwards, with what is in it. */
abstract class Workspace {
    Path directory;

    @BeforeEach
    final void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("files-test");
    }

    @AfterEach
    final void removeDirectory() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    final Path path(String name) {
        return directory.resolve(name);
    }

    final Path file(String name, String content) throws IOException {
        return Files.writeString(path(name), content);
    }
}
