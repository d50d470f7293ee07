package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.RunsOn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each protection of an image kills the program that violates it, with a report that says what and where. */
class CrashesIT {

    @ParameterizedTest
    @CsvSource({
        "crash-write-code, 'page fault (vector 14, error 0x0003, writing protected address 0x0000000000100000)', true",
        "crash-execute-data, 'page fault (vector 14, error 0x0011, executing protected address', false",
        "crash-read-page-zero, 'page fault (vector 14, error 0x0000, reading unmapped address 0x0000000000000008)', true",
        "crash-write-page-zero, 'page fault (vector 14, error 0x0002, writing unmapped address 0x0000000000000000)', true",
        "crash-write-page-table, 'page fault (vector 14, error 0x0003, writing protected address', true",
        "crash-run-off-the-stack, 'page fault (vector 14, error 0x0002, writing unmapped address', false",
        "crash-undefined-instruction, 'invalid opcode (vector 6', false",
        "crash-unhandled-interrupt, 'unexpected interrupt (vector 240', false",
        "crash-double-fault, 'double fault (vector 8', false",
    })
    void aViolationEndsInAReport(String program, String report, boolean inJavaCode) throws Exception {
        endsInAReport(Guest.program(program), report, inJavaCode);
    }

    @ParameterizedTest
    @CsvSource({
        "crash-write-code, 'page fault (vector 14, error 0x0003, writing protected address 0x0000000000100000)', true",
        "crash-execute-data, 'page fault (vector 14, error 0x0011, executing protected address', false",
        "crash-read-page-zero, 'page fault (vector 14, error 0x0000, reading unmapped address 0x0000000000000008)', true",
        "crash-write-page-zero, 'page fault (vector 14, error 0x0002, writing unmapped address 0x0000000000000000)', true",
        "crash-run-off-the-stack, 'page fault (vector 14, error 0x0002, writing unmapped address', false",
        "crash-undefined-instruction, 'invalid opcode (vector 6', false",
        // what a process may not do at all: INT n, and the privileged instructions with which the others begin
        "crash-unhandled-interrupt, 'general protection fault (vector 13', false",
        "crash-double-fault, 'general protection fault (vector 13', false",
        "crash-write-page-table, 'general protection fault (vector 13', false",
    })
    void aViolationEndsInAReportOfTheProcess(String program, String report, boolean inJavaCode) throws Exception {
        endsInAReport(Guest.program(program).on(RunsOn.PROCESS), report, inJavaCode);
    }

    private static void endsInAReport(Guest.Setup program, String report, boolean inJavaCode) throws Exception {
        Guest.Ended ended = program.run();
        assertEquals(134, ended.code(), ended.output());
        assertFalse(ended.output().contains("survived"), ended.output());
        assertTrue(ended.output().contains("ristretto panic: " + report), ended.output());
        assertTrue(ended.output().contains("rip=0x"), ended.output());
        assertTrue(ended.output().contains("hint: "), ended.output());
        // A fault in a CPU primitive, outside of Java code, is reported without the Java frames that called it.
        assertEquals(inJavaCode, ended.output().contains("Main.java:"), "the Java stack with file and line: " + ended.output());
    }
}
