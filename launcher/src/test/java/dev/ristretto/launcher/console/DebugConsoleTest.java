package dev.ristretto.launcher.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DebugConsoleTest {
    private final DebugConsole console = new DebugConsole();

    @Test
    void factsAreTakenAndOtherLinesPassedOver() {
        for (String line : List.of("", "exit", "exit x", "exit -1", "exit 256", "exit 9999", "panicky", "mark a", "mark a b", "mark  1")) {
            console.line(line, 0);
        }
        assertEquals(OptionalInt.empty(), console.exitCode());
        assertFalse(console.panicked());
        assertEquals(List.of(), console.marks());
        console.line("mark main 123", 5);
        console.line("exit 255", 6);
        console.line("panic", 7);
        assertEquals(OptionalInt.of(255), console.exitCode());
        assertTrue(console.panicked());
        assertEquals(List.of(new DebugConsole.Mark("main", 123, 5)), console.marks());
    }

    @Test
    void marksOfAProcessAreOnTheHostsClock() {
        console.line("entered 1000", 9_000);
        console.line("mark main 123", 9_001);
        assertEquals(List.of(new DebugConsole.Mark("main", 123, 1_123)), console.marks());
    }

    @Test
    void aGuestGoneWildFillsNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            console.line("mark m " + i, i);
        }
        assertEquals(1000, console.marks().size());
    }
}
