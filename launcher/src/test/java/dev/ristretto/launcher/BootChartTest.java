package dev.ristretto.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.BootChart.Stage;
import dev.ristretto.launcher.console.DebugConsole.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootChartTest {
    @Test
    void theEntryIsPlacedByTheMarkThatTookLeastToArrive() {
        // started at 1000, entered at 1100; the first mark was written late, the second held up for 5, the third for 1, the last for 40
        List<Mark> marks = List.of(new Mark("entry", 0, 1150), new Mark("kernel", 60, 1165), new Mark("main", 100, 1201), new Mark("exit",
                200, 1340));
        assertEquals(List.of(new Stage("QEMU", 101), new Stage("boot code", 60), new Stage("runtime", 40), new Stage("main", 100),
                new Stage("power off", 99)), BootChart.of("QEMU", marks, 1000, 1400).stages());
    }

    @Test
    void anImageThatDoesNotSpeakIsOneStage() {
        BootChart chart = BootChart.of("QEMU", List.of(), 1000, 1400);
        assertEquals(List.of(new Stage("QEMU and image", 400)), chart.stages());
        assertEquals(-1, chart.millisToMain());
    }

    @Test
    void anImageThatDiedOnTheWayHasItsLastStage() {
        List<Stage> stages = BootChart.of("QEMU", List.of(new Mark("entry", 0, 1100), new Mark("kernel", 50, 1150)), 1000, 1400).stages();
        assertEquals(List.of(new Stage("QEMU", 100), new Stage("boot code", 50), new Stage("to the end", 250)), stages);
    }
}
