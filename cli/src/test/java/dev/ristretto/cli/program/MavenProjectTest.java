package dev.ristretto.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects whose Maven wrapper is a script that makes, or does not make, what Maven would. */
class MavenProjectTest {
    @TempDir
    Path parent;
    private Path project;
    private final List<String> output = new ArrayList<>();

    @BeforeEach
    void makeProject() throws Exception {
        project = Files.createDirectories(parent.resolve("my project"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(project.resolve("src/main/java/A.java"), "class A { }");
        wrapper("echo packaging; mkdir -p target/ristretto; touch target/app-1.jar target/app-1-sources.jar "
                + "target/original-app-1.jar target/lib.jar.txt; "
                + "printf '%s' '" + parent + "/dep.jar' > target/ristretto/classpath.txt");
        Files.createFile(parent.resolve("dep.jar"));
        past(project);
    }

    private void wrapper(String commands) throws Exception {
        Path wrapper = Files.writeString(project.resolve("mvnw"), "#!/bin/sh\necho call >> calls\n" + commands + "\n");
        assertTrue(wrapper.toFile().setExecutable(true));
    }

    /** Sources from before the call, whatever the clock's resolution. */
    private void past(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
            }
        }
    }

    private Program program() throws Exception {
        return new MavenProject(project).program(output::add);
    }

    private int calls() throws Exception {
        return Files.readAllLines(project.resolve("calls")).size();
    }

    @Test
    void theJarAndWhatItNeedsAreTheClassPath() throws Exception {
        Program program = program();
        assertEquals(List.of(project.resolve("target/app-1.jar"), parent.resolve("dep.jar")), program.classpath());
        assertEquals("app", program.name());
        assertEquals(List.of("packaging"), output);
        assertEquals(program, new MavenProject(project.resolve("pom.xml")).program(output::add));
    }

    @Test
    void mavenIsCalledOnlyWhenSomethingChanged() throws Exception {
        program();
        program();
        assertEquals(1, calls());
        Files.setLastModifiedTime(project.resolve("src/main/java/A.java"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
        program();
        assertEquals(2, calls());
        past(project.resolve("src"));
        Files.setLastModifiedTime(project.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
        program();
        assertEquals(3, calls());
    }

    @Test
    void aLostJarIsMadeAgain() throws Exception {
        program();
        Files.delete(project.resolve("target/app-1.jar"));
        program();
        assertEquals(2, calls());
    }

    @Test
    void whatMavenComplainsAboutIsShown() throws Exception {
        wrapper("echo '[INFO] fine'; echo '[ERROR] A.java:[1,1] no such thing'; exit 1");
        CliException e = assertThrows(CliException.class, this::program);
        assertTrue(e.getMessage().endsWith("\n[ERROR] A.java:[1,1] no such thing"), e.getMessage());
        assertTrue(e.hint().contains("mvn -f "), e.hint());
    }

    @Test
    void aProjectWithoutAJarIsRefused() throws Exception {
        wrapper("mkdir -p target/ristretto; touch target/ristretto/classpath.txt");
        assertTrue(assertThrows(CliException.class, this::program).getMessage().contains("makes no jar"));
        wrapper("true");
        assertTrue(assertThrows(CliException.class, this::program).getMessage().contains("only brings modules together"));
    }

    @Test
    void aProjectOfModulesIsRefusedBeforeMavenIsCalled() throws Exception {
        Files.writeString(project.resolve("pom.xml"), """
                <project><packaging> pom </packaging><modules><module>one</module><module>two</module></modules>
                <build><plugins><plugin><configuration><packaging>jar</packaging></configuration></plugin></plugins></build></project>""");
        CliException refused = assertThrows(CliException.class, this::program);
        assertTrue(refused.getMessage().contains("only brings modules together"), refused.getMessage());
        assertTrue(refused.hint().contains("one, two"), refused.hint());
        assertFalse(Files.exists(project.resolve("calls")));
    }

    @Test
    void whatIsNoXmlIsForMavenToComplainAbout() throws Exception {
        Files.writeString(project.resolve("pom.xml"), "<project");
        wrapper("echo '[ERROR] Non-parseable POM'; exit 1");
        assertTrue(assertThrows(CliException.class, this::program).getMessage().contains("Non-parseable POM"));
    }

    @Test
    void aLostDependencyIsNamed() throws Exception {
        program();
        Files.delete(parent.resolve("dep.jar"));
        assertTrue(assertThrows(CliException.class, this::program).getMessage().contains("dep.jar"));
    }
}
