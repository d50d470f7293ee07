package dev.ristretto.jdk.detect;

import java.util.List;

/**
 * The report as text: a method a line, and below it, indented by four spaces, the frames that reach it.
 * <pre>
 * java.base/java.net.Inet4AddressImpl.getLocalHostName()
 *     at java.net.InetAddress.getLocalHost(InetAddress.java:1234)
 *     at com.example.Main.main(Main.java:7)
 * </pre>
 */
final class UnansweredReport {
    private UnansweredReport() {
    }

    /** The whole report; empty when everything is answered. */
    static String full(List<UnansweredNative> natives) {
        StringBuilder text = new StringBuilder();
        for (UnansweredNative each : natives) {
            text.append(name(each)).append('\n');
            for (UnansweredNative.Frame frame : each.path()) {
                text.append("    at ").append(frame.text()).append('\n');
            }
        }
        return text.toString();
    }

    /**
     * What is shown to the user: the methods, each with its caller and with the place in the program that leads there.
     *
     * @param most how many methods to show
     */
    static String summary(List<UnansweredNative> natives, int most) {
        StringBuilder text = new StringBuilder();
        text.append(natives.size() == 1 ? "1 native method that the program can reach has no answer in an image"
                        : natives.size() + " native methods that the program can reach have no answer in an image");
        text.append("; calling one throws UnsatisfiedLinkError:\n");
        for (UnansweredNative each : natives.subList(0, Math.min(most, natives.size()))) {
            text.append("    ").append(name(each)).append('\n');
            if (!each.path().isEmpty()) {
                UnansweredNative.Frame caller = each.path().getFirst();
                text.append("        called by ").append(caller.text()).append('\n');
                if (!caller.ofProgram()) {
                    text.append("        reached from ").append(firstOfProgram(each.path())).append('\n');
                }
            }
        }
        if (natives.size() > most) {
            text.append("    and ").append(natives.size() - most).append(" more\n");
        }
        return text.toString();
    }

    private static String firstOfProgram(List<UnansweredNative.Frame> path) {
        return path.stream().filter(UnansweredNative.Frame::ofProgram).map(UnansweredNative.Frame::text).findFirst()
                        .orElse("the system, before or beside the program");
    }

    private static String name(UnansweredNative each) {
        return each.module().isEmpty() ? each.method() : each.module() + "/" + each.method();
    }
}
