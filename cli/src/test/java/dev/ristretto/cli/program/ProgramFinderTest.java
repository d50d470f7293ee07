package dev.ristretto.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramFinderTest {
    @ParameterizedTest
    @CsvSource({"hello-1.jar,hello", "my-app-1.2.3-SNAPSHOT.jar,my-app", "plain.jar,plain", "-1.jar,-1", "x,x",
        "log4j2.jar,log4j2", "a-b.jar,a-b"})
    void anImageIsNamedAfterItsJarWithoutTheVersion(String file, String name) {
        assertEquals(name, ProgramFinder.jar(Path.of("some", file), Path.of("")).name());
    }
}
