package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.ImagingException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderCommandTest {
    @TempDir
    private static Path shared;
    private static BuilderJars jars;
    @TempDir
    private Path directory;

    /** The builder is on this test's class path; its jars are what the imager gets in a folder of its own. */
    @BeforeAll
    static void copyBuilder() throws Exception {
        Path folder = Files.createDirectories(shared.resolve("builder jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("graalvm")) {
                Path jar = Path.of(entry);
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        }
        jars = BuilderJars.in(folder);
    }

    private List<String> builderArguments(boolean debugInfo) throws Exception {
        return builderArguments(debugInfo, "-H:+Extra");
    }

    private List<String> builderArguments(boolean debugInfo, String extra) throws Exception {
        Path work = Files.createDirectories(directory.resolve("work"));
        BuilderRequest request = new BuilderRequest(List.of(Path.of("/a b.jar"), Path.of("/c")), "m.Main", "program", "p.Platform",
                List.of("f.F", "g.G"), List.of("x", "y"), "s", debugInfo, new UUID(1, 2), List.of(extra), List.of("-Dq=\"1\""), work,
                work.resolve("log"));
        List<String> words = new BuilderCommand(jars, request).words();
        assertEquals(Path.of(System.getProperty("java.home"), "bin", "java").toString(), words.getFirst());
        return Arrays.asList(Files.readString(Path.of(words.getLast().substring("--image-args-file=".length()))).split("\0"));
    }

    @Test
    void theBuilderIsToldWhatToCompile() throws Exception {
        List<String> arguments = builderArguments(false);
        assertEquals(List.of("-imagecp", "/a b.jar" + File.pathSeparator + "/c"), arguments.subList(0, 2));
        assertTrue(arguments.containsAll(List.of("-H:Class=m.Main", "-H:Optimize=s", "-H:Features=f.F,g.G",
                "-H:ClassInitialization=x:build_time,y:build_time", "-H:ImageBuildID=00000000-0000-0001-0000-000000000002",
                "-H:+ExitAfterRelocatableImageWrite")), arguments.toString());
        assertEquals("-H:+Extra", arguments.getLast());
        assertTrue(arguments.stream().noneMatch(argument -> argument.contains("DebugInfo")));
        assertTrue(builderArguments(true).contains("-H:GenerateDebugInfo=2"));
    }

    @Test
    void imagesAreForProcessorsWithAesUnlessSomebodySaysOtherwise() throws Exception {
        assertTrue(builderArguments(false).containsAll(List.of("-H:MicroArchitecture=x86-64-v3", "-H:CPUFeatures=AES,CLMUL")));
        List<String> others = builderArguments(false, "-H:MicroArchitecture=x86-64-v4");
        assertEquals(List.of("-H:MicroArchitecture=x86-64-v4"), others.stream().filter(argument -> argument.startsWith("-H:MicroArchitecture=")).toList());
        assertTrue(others.stream().noneMatch(argument -> argument.startsWith("-H:CPUFeatures=")));
    }

    @Test
    void theJvmsArgumentsSurviveSpacesAndQuotes() throws Exception {
        builderArguments(false);
        List<String> lines = Files.readAllLines(directory.resolve("work/jvm.args"));
        assertTrue(lines.contains("\"-Dq=\\\"1\\\"\""), "quotes are escaped");
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("\"--upgrade-module-path=") && line.contains("builder jars/compiler-")));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("\"--add-opens=java.base/jdk.internal.misc=") && line.endsWith(",ALL-UNNAMED\"")));
        assertTrue(lines.stream().filter(line -> line.startsWith("\"--module-path=")).noneMatch(line -> line.contains("/compiler-")));
    }

    @Test
    void theVersionIsTheJars() throws ImagingException {
        assertTrue(jars.version().matches("\\d+\\.\\d+\\.\\d+"), jars.version());
    }

    @Test
    void aFolderWithoutBuilderIsToldAsSuch() throws Exception {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertTrue(assertThrows(ImagingException.class, () -> BuilderJars.in(empty)).getMessage().contains("is missing"));
        ImagingException e = assertThrows(ImagingException.class, () -> BuilderJars.in(directory.resolve("nowhere")));
        assertTrue(e.getMessage().contains("nowhere"), e.getMessage());
    }
}
