package dev.ristretto.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.imager.ProgressListener.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String after(boolean terminal, boolean verbose) {
        ProgressPrinter printer = new ProgressPrinter(new Messages(new PrintStream(out, true, StandardCharsets.UTF_8), terminal), verbose);
        printer.progress(new Progress("Analysis", 0.1, Duration.ofSeconds(75)));
        printer.builderOutput("line");
        printer.progress(new Progress("Analysis", 0.555, Duration.ofSeconds(9)));
        printer.progress(new Progress("Linking", 0.9, null));
        printer.progress(new Progress("Done", 1, Duration.ZERO));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void elsewhereALineForEachStage() {
        assertEquals("ristretto: [ 10%] Analysis, about 1:15 min left\nristretto: [ 90%] Linking\n", after(false, false));
    }

    @Test
    void onATerminalOneLineThatMovesAndGoes() {
        String erase = "\r\033[K";
        assertEquals(erase + "[ 10%] Analysis, about 1:15 min left" + erase + "line\n" + erase + "[ 55%] Analysis, about 9 s left" + erase
                + "[ 90%] Linking" + erase, after(true, true));
    }
}
