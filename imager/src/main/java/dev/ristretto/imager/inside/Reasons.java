package dev.ristretto.imager.inside;

import com.oracle.graal.pointsto.BigBang;
import com.oracle.graal.pointsto.ObjectScanner.MethodParsing;
import com.oracle.graal.pointsto.ObjectScanner.ScanReason;
import com.oracle.graal.pointsto.meta.AnalysisField;
import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.graal.pointsto.meta.AnalysisType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.vm.ci.code.BytecodePosition;
import jdk.vm.ci.meta.ResolvedJavaMethod;

/**
 * The reasons that the analysis noted when it found something reachable, numbered from 1. Each has one predecessor: where the analysis
 * knows two, as for a method that is called and whose class is instantiated, the call is followed.
 *
 * <p>The kinds of reasons are those of {@code com.oracle.graal.pointsto.meta.AnalysisElement.ReachabilityTraceBuilder}.
 */
final class Reasons {
    private static final int NONE = 0;
    private static final int LONGEST_TEXT = 300;

    private final BigBang analysis;
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private final List<String> rows = new ArrayList<>();

    Reasons(BigBang analysis) {
        this.analysis = analysis;
    }

    /** The number of the reason why a type is in the image, {@code 0} if none is known. */
    int of(AnalysisType type) {
        int number = number(reason(type));
        while (!open.isEmpty()) {
            Object reason = open.removeFirst();
            int own = numbers.get(reason);
            rows.add("why\t" + own + "\t" + number(previous(reason)) + "\t" + clean(text(reason)));
        }
        return number;
    }

    /** A row for each reason. */
    List<String> rows() {
        return rows;
    }

    private int number(Object reason) {
        if (reason == null) {
            return NONE;
        }
        Integer known = numbers.get(reason);
        if (known != null) {
            return known;
        }
        int number = numbers.size() + 1;
        numbers.put(reason, number);
        open.addLast(reason);
        return number;
    }

    private static Object reason(AnalysisType type) {
        return type.isInstantiated() ? type.getInstantiatedReason() : type.getReachableReason();
    }

    private static Object previous(Object reason) {
        return switch (reason) {
            case AnalysisMethod method -> reason(method);
            case AnalysisField field -> reason(field);
            case AnalysisType type -> reason(type);
            case BytecodePosition position -> position.getMethod() instanceof AnalysisMethod method ? reason(method) : null;
            case MethodParsing parsing -> reason(parsing.getMethod());
            case ScanReason scan -> scan.getPrevious();
            default -> null;
        };
    }

    private static Object reason(AnalysisMethod method) {
        if (method.isSimplyImplementationInvoked() && method.getImplementationInvokedReason() != null) {
            return method.getImplementationInvokedReason();
        }
        if (method.isIntrinsicMethod()) {
            return method.getIntrinsicMethodReason();
        }
        return method.getInvokedReason() != null ? method.getInvokedReason() : method.getParsingReason();
    }

    private static Object reason(AnalysisField field) {
        if (field.getWrittenReason() != null) {
            return field.getWrittenReason();
        }
        if (field.getReadReason() != null) {
            return field.getReadReason();
        }
        return field.getAccessedReason() != null ? field.getAccessedReason() : field.getFoldedReason();
    }

    private String text(Object reason) {
        return switch (reason) {
            case AnalysisMethod method -> "method " + method.format("%H.%n(%p)");
            case AnalysisField field -> "field " + field.format("%H.%n");
            case AnalysisType type -> "class " + type.toJavaName();
            case BytecodePosition position -> "in " + position.getMethod().asStackTraceElement(position.getBCI());
            case MethodParsing parsing -> "in " + parsing.getMethod().format("%H.%n(%p)");
            case ScanReason scan -> scan.toString(analysis);
            case ResolvedJavaMethod method -> "method " + method.format("%H.%n(%p)");
            default -> reason.toString();
        };
    }

    private static String clean(String text) {
        String line = text.lines().map(String::strip).reduce((first, next) -> first + " " + next).orElse("").replace('\t', ' ');
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "..." : line;
    }
}
