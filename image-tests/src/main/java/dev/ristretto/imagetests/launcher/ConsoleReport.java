package dev.ristretto.imagetests.launcher;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Reports tests as lines that a program can read between whatever else is printed. A line is {@value #MARK} followed by fields
 * separated by tabs; backslash, tab, line feed and carriage return in a field are escaped as in Java.
 *
 * <pre>
 * start   CLASS  ID  NAME                       a test begins
 * end     CLASS  ID  NAME  STATUS  MS  TRACE    it ended: SUCCESSFUL, FAILED or ABORTED, after MS milliseconds
 * skip    CLASS  ID  NAME  REASON               it was disabled
 * class   CLASS  STATUS  TRACE                  a class ended; FAILED when something outside its tests failed
 * done    TESTS  FAILED                         all is over
 * </pre>
 */
final class ConsoleReport implements TestExecutionListener {

    /** What each line starts with; a line feed goes before it, as a test may have left a line unfinished. */
    static final String MARK = "##ristretto-test";

    private final PrintStream out;
    private final Map<String, Long> startedAt = new ConcurrentHashMap<>();
    private int tests;
    private int failures;

    ConsoleReport(PrintStream out) {
        this.out = out;
    }

    /** {@return how many tests and containers failed so far} */
    synchronized int failures() {
        return failures;
    }

    /** {@return how many tests have ended so far} */
    synchronized int tests() {
        return tests;
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        if (identifier.isTest()) {
            startedAt.put(identifier.getUniqueId(), System.nanoTime());
            line("start", className(identifier), identifier.getUniqueId(), name(identifier));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        line("skip", className(identifier), identifier.getUniqueId(), name(identifier), reason);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        synchronized (this) {
            failures += failed ? 1 : 0;
            tests += identifier.isTest() ? 1 : 0;
        }
        String trace = result.getThrowable().map(ConsoleReport::trace).orElse("");
        if (identifier.isTest()) {
            Long start = startedAt.remove(identifier.getUniqueId());
            long milliseconds = start == null ? 0 : (System.nanoTime() - start) / 1_000_000;
            line("end", className(identifier), identifier.getUniqueId(), name(identifier), result.getStatus().name(),
                    Long.toString(milliseconds), trace);
        } else if (failed || identifier.getSource().orElse(null) instanceof ClassSource) {
            line("class", className(identifier), result.getStatus().name(), trace);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        line("done", Integer.toString(tests()), Integer.toString(failures()));
    }

    private synchronized void line(String... fields) {
        StringBuilder text = new StringBuilder("\n").append(MARK);
        for (String field : fields) {
            text.append('\t').append(escape(field));
        }
        // One write for the whole line, so that other threads' output cannot cut it in two.
        out.print(text.append('\n'));
        out.flush();
    }

    private static String className(TestIdentifier identifier) {
        return switch (identifier.getSource().orElse(null)) {
            case MethodSource method -> method.getClassName();
            case ClassSource type -> type.getClassName();
            case null, default -> identifier.getUniqueId();
        };
    }

    private static String name(TestIdentifier identifier) {
        String method = identifier.getSource().orElse(null) instanceof MethodSource source ? source.getMethodName() : "";
        String shown = identifier.getDisplayName();
        return method.isEmpty() || shown.startsWith(method) ? shown : method + ": " + shown;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
