package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void ordinaryOutputIsNoReport() {
        assertNull(Report.parse("some output"));
        assertNull(Report.parse(" ##ristretto-test\tdone\t1\t0"));
    }

    @Test
    void fieldsAreUnescaped() {
        assertEquals(new Report.Ended("a.B", "[id]", "name()", "FAILED", 12, "line\n\tat x\\y"),
                Report.parse("##ristretto-test\tend\ta.B\t[id]\tname()\tFAILED\t12\tline\\n\\tat x\\\\y"));
        assertEquals(new Report.Done(5, 1), Report.parse("##ristretto-test\tdone\t5\t1"));
    }

    @Test
    void brokenReportsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Report.parse("##ristretto-test\tend\ta.B"));
        assertThrows(IllegalArgumentException.class, () -> Report.parse("##ristretto-test\tdone\tx\t0"));
        assertThrows(IllegalArgumentException.class, () -> Report.parse("##ristretto-test\tdance"));
    }
}
