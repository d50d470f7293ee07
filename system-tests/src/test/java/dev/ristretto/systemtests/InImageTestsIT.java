package dev.ristretto.systemtests;

import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** The JUnit tests of image-tests, run inside one image on both machines and reported here one by one. */
class InImageTestsIT {

    /** Bounds a test that hangs without hanging the machine; far more than any test takes on an emulated processor. */
    private static final String TIMEOUT = "-Djunit.jupiter.execution.timeout.testable.method.default="
            + (240 + Integer.getInteger("ristretto.test.gc.seconds", 0)) + "s";

    /** Properties with this prefix, such as {@code ristretto.test.gc.seconds}, are handed on to the tests inside. */
    private static final String HANDED_ON = "ristretto.test.";
    /** More words for the system, such as {@code -Xmx48m}; separated by blanks. */
    private static final String WORDS = "ristretto.test.words";

    private static final Set<String> OWN = Set.of(WORDS, "ristretto.test.only", "ristretto.test.image");
    /** Classes to run, or {@code CLASS#METHOD}, instead of all; separated by blanks. */
    private static final String ONLY = "ristretto.test.only";
    private static final String FILES = "dev.ristretto.imagetests.files.";
    private static final List<String> ON_A_DISK = List.of(FILES + "FilesTest", FILES + "ChannelsTest", FILES + "JavaIoTest");

    @TestFactory
    Stream<DynamicTest> asProcess() throws Exception {
        return inImage(RunsOn.PROCESS);
    }

    @TestFactory
    Stream<DynamicTest> inQemu() throws Exception {
        return inImage(RunsOn.QEMU);
    }

    /** What tests of files do in memory otherwise, they do on a disk. */
    @TestFactory
    Stream<DynamicTest> asProcessOnADisk() throws Exception {
        return onADisk(RunsOn.PROCESS);
    }

    @TestFactory
    Stream<DynamicTest> inQemuOnADisk() throws Exception {
        return onADisk(RunsOn.QEMU);
    }

    private static Stream<DynamicTest> onADisk(RunsOn runsOn) throws Exception {
        String name = "in-image-tests-disk-" + runsOn.word();
        Path disk = Checkout.target(name + ".img");
        Files.deleteIfExists(disk);
        Checkout.run("disk", "create", disk.toString(), "--size", "256m");
        List<String> words = systemWords();
        words.add("-Djava.io.tmpdir=/data");
        return outcomes(new InImageRun(runsOn, TestImage.get(), words, ON_A_DISK, List.of(new DiskFile(disk, false)), Checkout.target(name + ".log")));
    }

    private static Stream<DynamicTest> inImage(RunsOn runsOn) throws Exception {
        return outcomes(new InImageRun(runsOn, TestImage.get(), systemWords(), words(ONLY), List.of(),
                Checkout.target("in-image-tests-" + runsOn.word() + ".log")));
    }

    private static Stream<DynamicTest> outcomes(InImageRun run) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(run, 0), false)
                .map(outcome -> DynamicTest.dynamicTest(outcome.name(), () -> report(outcome)));
    }

    private static List<String> systemWords() {
        List<String> words = new ArrayList<>(List.of(TIMEOUT));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(HANDED_ON) && !OWN.contains(name)).sorted()
                .forEach(name -> words.add("-D" + name + "=" + System.getProperty(name)));
        words.addAll(words(WORDS));
        return words;
    }

    private static List<String> words(String property) {
        return Stream.of(System.getProperty(property, "").split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static void report(InImageRun.Outcome outcome) {
        Assumptions.assumeTrue(outcome.skipped() == null, outcome.skipped());
        if (outcome.failure() != null) {
            throw new AssertionFailedError("Inside the image: " + outcome.failure());
        }
    }
}
