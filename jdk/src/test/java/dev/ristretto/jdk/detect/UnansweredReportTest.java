package dev.ristretto.jdk.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.ristretto.jdk.detect.UnansweredNative.Frame;

class UnansweredReportTest {
    private static final UnansweredNative JDK = new UnansweredNative("java.net.Foo.bar(int)", "java.base",
                    List.of(new Frame("java.net.Foo.open(Foo.java:3)", false), new Frame("app.Main.main(Main.java:7)", true),
                                    new Frame("com.oracle.svm.Start.run(Start.java:1)", false)));
    private static final UnansweredNative LIBRARY = new UnansweredNative("com.lib.Native.init()", "", List.of());

    @Test
    void fullReportHasEveryFrame() {
        assertEquals("""
                        java.base/java.net.Foo.bar(int)
                            at java.net.Foo.open(Foo.java:3)
                            at app.Main.main(Main.java:7)
                            at com.oracle.svm.Start.run(Start.java:1)
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

    @Test
    void summaryNamesACallerInTheProgramOnce() {
        UnansweredNative own = new UnansweredNative("app.Fast.copy()", "", List.of(new Frame("app.Main.main(Main.java:9)", true)));
        assertEquals("""
                        1 native method that the program can reach has no answer in an image; calling one throws UnsatisfiedLinkError:
                            app.Fast.copy()
                                called by app.Main.main(Main.java:9)
                        """, UnansweredReport.summary(List.of(own), 10));
    }

    @Test
    void summarySaysWhenNotTheProgramIsToBlame() {
        UnansweredNative system = new UnansweredNative("sun.Foo.bar()", "java.base", List.of(new Frame("sun.Foo.run(Foo.java:1)", false)));
        assertEquals("""
                        1 native method that the program can reach has no answer in an image; calling one throws UnsatisfiedLinkError:
                            java.base/sun.Foo.bar()
                                called by sun.Foo.run(Foo.java:1)
                                reached from the system, before or beside the program
                        """, UnansweredReport.summary(List.of(system), 10));
    }
}
