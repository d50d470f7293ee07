package dev.ristretto.jdk.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class UnansweredReportTest {
    private static final UnansweredNative JDK = new UnansweredNative("java.net.Foo.bar(int)", "java.base",
                    List.of("java.net.Foo.open(Foo.java:3)", "app.Main.main(Main.java:7)"));
    private static final UnansweredNative LIBRARY = new UnansweredNative("com.lib.Native.init()", "", List.of());

    @Test
    void fullReportHasEveryFrame() {
        assertEquals("""
                        java.base/java.net.Foo.bar(int)
                            at java.net.Foo.open(Foo.java:3)
                            at app.Main.main(Main.java:7)
                        com.lib.Native.init()
                        """, UnansweredReport.full(List.of(JDK, LIBRARY)));
        assertEquals("", UnansweredReport.full(List.of()));
    }

    @Test
    void summaryShowsWhereItComesFrom() {
        assertEquals("""
                        2 native methods that the program can reach have no answer in an image; calling one throws UnsatisfiedLinkError:
                            java.base/java.net.Foo.bar(int)
                                called by java.net.Foo.open(Foo.java:3)
                                reached from app.Main.main(Main.java:7)
                            and 1 more
                        """, UnansweredReport.summary(List.of(JDK, LIBRARY), 1));
        assertEquals("""
                        1 native method that the program can reach has no answer in an image; calling one throws UnsatisfiedLinkError:
                            com.lib.Native.init()
                        """, UnansweredReport.summary(List.of(LIBRARY), 10));
    }
}
