package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs judged from outside, as a user's shell would; on both machines alike. */
@ParameterizedClass
@EnumSource(value = RunsOn.class, names = {"QEMU", "PROCESS"})
class ProgramsIT {

    @Parameter
    RunsOn runsOn;

    private Guest.Setup program(String... nameAndArguments) {
        return Guest.program(nameAndArguments).on(runsOn);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 42, 127, 128, 255})
    void exitCodes(int code) throws Exception {
        Guest.Ended ended = program("exit", Integer.toString(code)).run();
        assertEquals(code, ended.code());
        assertEquals("exiting\n", ended.output());
    }

    @Test
    void returningFromMainIsSuccess() throws Exception {
        assertEquals(new Guest.Ended(0, "returning\n"), program("return").run());
    }

    @Test
    void haltRunsNoHooks() throws Exception {
        assertEquals(new Guest.Ended(7, "halting\n"), program("halt", "7").run());
    }

    @Test
    void anUncaughtExceptionShowsItsTrace() throws Exception {
        Guest.Ended ended = program("uncaught").run();
        assertEquals(1, ended.code());
        assertMatches(ended, "Exception in thread \"main\" java.lang.IllegalStateException: thrown on purpose");
        assertMatches(ended, "\tat dev.ristretto.imagetests.programs.Endings.failBelow(Endings.java:");
        assertMatches(ended, "\tat dev.ristretto.imagetests.programs.Endings.uncaught(Endings.java:");
        assertMatches(ended, "\tat dev.ristretto.imagetests.programs.Main.main(Main.java:");
        assertTrue(Pattern.compile("Endings\\.java:\\d+\\)").matcher(ended.output()).find(), ended.output());
    }

    @Test
    void causesAndSuppressedAreShown() throws Exception {
        Guest.Ended ended = program("uncaught-cause").run();
        assertEquals(1, ended.code());
        assertMatches(ended, "UnsupportedOperationException: the outcome");
        assertMatches(ended, "Suppressed: java.lang.ArithmeticException: the suppressed");
        assertMatches(ended, "Caused by: java.lang.IllegalStateException: the cause");
    }

    @Test
    void anotherThreadsDeathIsNotTheProgramsEnd() throws Exception {
        Guest.Ended ended = program("uncaught-in-thread").run();
        assertEquals(0, ended.code());
        assertMatches(ended, "Exception in thread \"doomed\" java.lang.IllegalStateException: in a thread");
        assertTrue(ended.output().endsWith("main goes on\n"), ended.output());
    }

    @Test
    void theDefaultHandlerIsAsked() throws Exception {
        assertEquals(new Guest.Ended(1, "handler: main: for the handler\n"), program("uncaught-handler").run());
    }

    @Test
    void outOfMemoryIsAnErrorLikeOthers() throws Exception {
        Guest.Ended ended = program("out-of-memory").memoryMib(128).run();
        assertEquals(1, ended.code(), ended.output());
        assertMatches(ended, "java.lang.OutOfMemoryError");
    }

    /** The collector must have somewhere to copy to in the smallest machine that the image says it runs in. */
    @Test
    void outOfMemoryIsAnErrorInTheLeastMemoryToo() throws Exception {
        int least = ImageFile.read(TestImage.get()).manifest().orElseThrow().minMemoryMib();
        Guest.Ended ended = program("out-of-memory").memoryMib(least).run();
        assertEquals(1, ended.code(), ended.output());
        assertMatches(ended, "java.lang.OutOfMemoryError");
        ended = program("out-of-memory-caught").memoryMib(least).run();
        assertEquals(new Guest.Ended(0, "all intact: true\nlife goes on: 1048576\n"), ended);
    }

    @Test
    void aHeapFullOfSmallObjectsIsSurvived() throws Exception {
        Guest.Ended ended = program("out-of-memory-caught").memoryMib(192).run();
        assertEquals(new Guest.Ended(0, "all intact: true\nlife goes on: 1048576\n"), ended);
    }

    @Test
    void stackOverflowIsAnErrorLikeOthers() throws Exception {
        Guest.Ended ended = program("stack-overflow").run();
        assertEquals(1, ended.code(), ended.output());
        assertMatches(ended, "java.lang.StackOverflowError");
        assertMatches(ended, "Endings.deeper(Endings.java:");
    }

    @Test
    void hooksRunAtTheEnd() throws Exception {
        Guest.Ended ended = program("hooks").run();
        assertEquals(3, ended.code());
        assertEquals("main ends", ended.lines().getFirst());
        assertEquals(List.of("hook one", "hook two"), ended.lines().stream().skip(1).sorted().toList());
    }

    @Test
    void hooksRunAfterAnUncaughtExceptionToo() throws Exception {
        Guest.Ended ended = program("hooks-after-uncaught").run();
        assertEquals(1, ended.code());
        assertMatches(ended, "before the hooks");
        assertMatches(ended, "hook one");
    }

    @Test
    void threadsKeepTheProgramAlive() throws Exception {
        assertEquals(new Guest.Ended(0, "main ends first\nthe thread ends last\n"), program("outlive-main").run());
    }

    @Test
    void daemonsDoNot() throws Exception {
        assertEquals(new Guest.Ended(0, "main ends\n"), program("daemon").run());
    }

    @Test
    void thePowerButtonEndsInOrder() throws Exception {
        for (Machine machine : runsOn == RunsOn.QEMU ? Machine.values() : new Machine[] {null}) {
            try (Guest guest = program("wait-for-power-button").machine(machine).start()) {
                guest.awaitOutput("waiting\n");
                guest.powerButton();
                Guest.Ended ended = guest.waitFor();
                assertEquals(143, ended.code(), ended.output());
                assertEquals("waiting\norderly shutdown\n", ended.output());
            }
        }
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String[] arguments = {"plain", "two words", "", "\"quoted\"", "it's", "back\\slash", "$HOME *", "\u00fcml\u00e4ut \u2615", "-Xmx1m", "--", "tab\there"};
        String[] all = new String[arguments.length + 1];
        all[0] = "args";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        StringBuilder expected = new StringBuilder("count=" + arguments.length + "\n");
        for (String argument : arguments) {
            expected.append('[').append(argument).append("]\n");
        }
        assertEquals(new Guest.Ended(0, expected.toString()), program(all).run());
    }

    @Test
    void propertiesAndEnvironmentComeFromTheCommandLine() throws Exception {
        assertEquals(new Guest.Ended(0, "a.b=c d\nempty=\nabsent=(none)\n"),
                program("props", "a.b", "empty", "absent").systemWords("-Da.b=c d", "-Dempty=").run());
        assertEquals(new Guest.Ended(0, "NAME=a \"value\"\nOTHER=(none)\n"),
                program("env", "NAME", "OTHER").environment(Map.of("NAME", "a \"value\"")).run());
    }

    @Test
    void theHeapFollowsTheMachineAndTheFlags() throws Exception {
        long small = heap(program("memory").memoryMib(128).run());
        long large = heap(program("memory").memoryMib(1024).run());
        // a good third of what the image leaves free: the collector needs as much again to copy to
        assertTrue(small > 16L << 20 && small < 64L << 20, "heap of a machine with 128 MiB: " + small);
        assertTrue(large > 4 * small && large < 512L << 20, "heap of a machine with 1 GiB: " + large);
        long flagged = heap(program("memory").systemWords("-Xmx64m").run());
        assertTrue(Math.abs(flagged - (64L << 20)) <= 4 << 20, "heap with -Xmx64m: " + flagged);
    }

    @Test
    void aHeapThatCannotBeCopiedIsWarnedOf() throws Exception {
        Guest.Ended ended = program("memory").memoryMib(256).systemWords("-Xmx240m").run();
        assertTrue(ended.output().contains("ristretto: -Xmx lets the Java heap grow to 240 MiB, but in this machine"), ended.output());
        ended = program("memory").memoryMib(256).systemWords("-Xmx64m").run();
        assertFalse(ended.output().contains("-Xmx lets"), ended.output());
    }

    private static long heap(Guest.Ended ended) {
        return Long.parseLong(ended.lines().getFirst().substring("max=".length()));
    }

    @Test
    void moreThanFourGigabytes() throws Exception {
        Assumptions.assumeTrue(runsOn == RunsOn.QEMU || availableMib() > 12 * 1024, "a process gets no more than the host has available");
        long heap = heap(program("memory").memoryMib(12 * 1024).run());
        assertTrue(heap > 4L << 30, "heap of a machine with 12 GiB: " + heap);
    }

    private static long availableMib() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    @Test
    void whatIsTypedIsRead() throws Exception {
        try (Guest guest = program("echo").start()) {
            guest.awaitOutput("ready\n");
            guest.type("first");
            guest.awaitOutput("echo: first\n");
            guest.type("zweite \u00fcber \u2615");
            guest.awaitOutput("echo: zweite \u00fcber \u2615\n");
            guest.type("");
            guest.type("quit");
            Guest.Ended ended = guest.waitFor();
            assertEquals(0, ended.code());
            assertTrue(ended.output().endsWith("echo: \nlines=3\n"), ended.output());
        }
    }

    @Test
    void theEndOfInputIsSeen() throws Exception {
        assertEquals(new Guest.Ended(0, "ready\nlines=0\n"), program("echo").run());
    }

    /** Also what is there before the machine has a serial line, as from a pipe. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inputIsTransparent(boolean early) throws Exception {
        byte[] bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        try (Guest guest = program("echo-bytes").start()) {
            if (!early) {
                guest.awaitOutput("ready\n");
            }
            guest.type(bytes);
            guest.endOfInput();
            assertEquals(new Guest.Ended(0, "ready\nbytes=20000 crc=" + Long.toHexString(crc.getValue()) + "\n"), guest.waitFor());
        }
    }

    @Test
    void bothStreamsReachTheConsole() throws Exception {
        assertEquals(new Guest.Ended(0, "to standard output\nto standard error\ncaff\u00e8 ristretto \u2615\nno line feed at the end"),
                program("streams").run());
    }

    @Test
    void aFloodOfOutputArrivesCompleteAndInOrder() throws Exception {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            expected.append("line ").append(i).append(" of a flood that must arrive complete and in order\n");
        }
        Guest.Ended ended = program("flood", "5000").limit(Duration.ofMinutes(2)).run();
        assertEquals(0, ended.code());
        assertEquals(expected.toString(), ended.output());
    }

    @Test
    void anUnknownProgramIsNamed() throws Exception {
        Guest.Ended ended = program("no-such-program").run();
        assertEquals(64, ended.code());
        assertFalse(ended.output().isBlank());
    }

    private static void assertMatches(Guest.Ended ended, String part) {
        assertTrue(ended.output().contains(part), () -> "'" + part + "' is missing in:\n" + ended.output());
    }
}
