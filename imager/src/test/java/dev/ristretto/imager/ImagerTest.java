package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.builder.BuilderJars;
import dev.ristretto.imager.files.SealedFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the imager does around the builder. That images come out is tested with images. */
class ImagerTest {
    @TempDir
    private static Path builder;
    @TempDir
    private Path directory;
    private Imager imager;
    private Path output;

    @BeforeAll
    static void copyBuilder() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("graalvm")) {
                Files.copy(Path.of(entry), builder.resolve(Path.of(entry).getFileName()));
            }
        }
    }

    @BeforeEach
    void imager() {
        imager = new Imager(new ImagerHome(builder, List.of()), new ImageCache(directory.resolve("cache"), 1 << 20));
        output = directory.resolve("out/image.elf");
    }

    /** This class itself is on the class path, and has no main method; {@link Program} has. */
    private ImageRequest.Builder request() throws Exception {
        Path classes = Path.of(ImagerTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ImageRequest.builder().classpath(List.of(classes)).mainClass(Program.class.getName()).output(output);
    }

    /** A program to ask for. */
    static final class Program {
        private Program() {
        }

        public static void main(String[] args) {
        }
    }

    @Test
    void unknownBuilderOptionsAreToldBeforeAnythingIsBuilt() throws Exception {
        ImageRequest request = request().builderArgs(List.of("--enable-magic")).build();
        ImagingException e = assertThrows(ImagingException.class, () -> imager.build(request, ProgressListener.NONE));
        assertTrue(e.getMessage().contains("--enable-magic"), e.getMessage());
        assertFalse(Files.exists(output));
        assertFalse(Files.exists(directory.resolve("cache/builder.log")));
    }

    @Test
    void aPlatformThatIsMissingEndsTheBuildWithTheBuildersWords() throws Exception {
        ImageRequest request = request().build();
        ImagingException e = assertThrows(ImagingException.class, () -> imager.build(request, ProgressListener.NONE));
        assertTrue(e.getMessage().contains("dev.ristretto.kernel.platform.RistrettoPlatform"), e.getMessage());
        assertFalse(e.getMessage().contains("\tat "), "no stack trace");
        assertTrue(e.hint().contains("builder.log"), e.hint());
        assertTrue(Files.size(directory.resolve("cache/builder.log")) > 0);
        assertFalse(Files.exists(output));
    }

    @Test
    void whatUsersTellTheBuilderComesAfterWhatTheAimDoes() throws Exception {
        ImageRequest request = request().optimization(Optimization.FAST).builderArgs(List.of("-H:MaxNodesInTrivialMethod=20")).build();
        ProgramCheck.Program program = ProgramCheck.check(request.classpath(), request.mainClass());
        List<String> args = new ImageBuild(request, program, BuilderJars.in(builder), new ImagerHome(builder, List.of()),
                new ImageCache(directory.resolve("cache"), 1 << 20), ProgressListener.NONE).builderArgs();
        List<String> all = new ArrayList<>(Optimization.FAST.builderArgs());
        all.add("-H:MaxNodesInTrivialMethod=20");
        assertEquals(all, args.subList(args.size() - all.size(), args.size()));
    }

    @Test
    void filesThatCannotBeSealedInAreToldBeforeAnythingIsBuilt() throws Exception {
        SealedFiles absent = SealedFiles.parse(directory.resolve("absent").toString());
        ImagingException e = assertThrows(ImagingException.class,
                () -> imager.build(request().files(List.of(absent)).build(), ProgressListener.NONE));
        assertTrue(e.getMessage().startsWith("There is no "), e.getMessage());
        ImagingException taken = assertThrows(ImagingException.class,
                () -> imager.build(request().files(List.of(SealedFiles.parse(directory + ":/tmp"))).build(), ProgressListener.NONE));
        assertTrue(taken.getMessage().contains("which every image uses itself"), taken.getMessage());
        assertFalse(Files.exists(directory.resolve("cache/builder.log")));
    }

    private String imageHash(SealedFiles... files) throws Exception {
        ImageRequest request = request().files(List.of(files)).build();
        return new ImageBuild(request, ProgramCheck.check(request.classpath(), request.mainClass()), BuilderJars.in(builder),
                new ImagerHome(builder, List.of()), new ImageCache(directory.resolve("cache"), 1 << 20), ProgressListener.NONE).imageHash();
    }

    @Test
    void anImageIsThatOfItsFiles() throws Exception {
        Path site = Files.createDirectory(directory.resolve("site"));
        Path page = Files.writeString(site.resolve("page"), "text");
        SealedFiles files = new SealedFiles(site, "/www", false);
        String before = imageHash(files);
        Set<String> others = new HashSet<>(List.of(before, imageHash(), imageHash(new SealedFiles(site, "/site", false)),
                imageHash(new SealedFiles(site, "/www", true)), imageHash(files, new SealedFiles(site, "/site", false))));
        Files.writeString(page, "next");
        others.add(imageHash(files));
        Files.move(page, site.resolve("other"));
        others.add(imageHash(files));
        Files.createSymbolicLink(page, Path.of("other"));
        others.add(imageHash(files));
        assertEquals(8, others.size(), "each is an image of its own");
        Files.delete(page);
        Files.delete(site.resolve("other"));
        Files.writeString(page, "text");
        assertEquals(before, imageHash(files));
    }

    @Test
    void aCachedImageNeedsNoBuilder() throws Exception {
        ImageRequest request = request().build();
        ProgramCheck.Program program = ProgramCheck.check(request.classpath(), request.mainClass());
        ImagerHome home = new ImagerHome(builder, List.of());
        ImageCache cache = new ImageCache(directory.resolve("cache"), 1 << 20);
        ImageBuild build = new ImageBuild(request, program, BuilderJars.in(builder), home, cache,
                ProgressListener.NONE);
        Path entry = Files.createDirectories(directory.resolve("entry"));
        for (Map.Entry<String, String> file : Map.of(ImageBuild.ELF, "elf", ImageBuild.REPORT, "all", ImageBuild.SUMMARY, "short",
                ImageBuild.CONTENTS, "class\ta.B\t1\nwhy\t1\t0\tbecause\n").entrySet()) {
            Files.writeString(entry.resolve(file.getKey()), file.getValue());
        }
        cache.put("images", build.imageHash(), entry);
        ImageResult result = imager.build(request, ProgressListener.NONE);
        assertTrue(result.wasCached());
        assertEquals("elf", Files.readString(output));
        assertEquals("short", result.summary());
        assertTrue(result.why("a.B").contains("because"));
        assertEquals("all", Files.readString(result.report()));
        ImageRequest other = request().optimization(Optimization.SMALL).build();
        ImageBuild otherBuild = new ImageBuild(other, program, BuilderJars.in(builder), home, cache,
                ProgressListener.NONE);
        assertNull(otherBuild.find(), "other options, other image");
    }
}
