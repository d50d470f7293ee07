package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Programs that print what they were started with, one item a line, sorted, so that a test can compare text. */
final class Surroundings {

    private Surroundings() {
    }

    /** Prints the number of arguments, then each in brackets, so that blanks at its ends show. */
    static void arguments(String[] args) {
        System.out.println("count=" + args.length);
        for (String arg : args) {
            System.out.println("[" + arg + "]");
        }
    }

    /** Prints the whole environment; or only the variables named by the arguments, {@code (none)} for an absent one. */
    static void environment(String[] args) {
        if (args.length == 0) {
            print(System.getenv());
        }
        for (String name : args) {
            String value = System.getenv(name);
            System.out.println(name + "=" + (value == null ? "(none)" : value));
        }
    }

    /** Prints all system properties; or only those named by the arguments, {@code (none)} for an absent one. */
    static void properties(String[] args) {
        if (args.length == 0) {
            Map<String, String> all = new TreeMap<>();
            System.getProperties().stringPropertyNames().forEach(name -> all.put(name, System.getProperty(name)));
            print(all);
        }
        for (String name : args) {
            System.out.println(name + "=" + System.getProperty(name, "(none)"));
        }
    }

    /** Prints the heap's bounds in bytes and the number of processors as {@link Runtime} sees them. */
    static void memory(String[] args) {
        Runtime runtime = Runtime.getRuntime();
        System.out.println("max=" + runtime.maxMemory());
        System.out.println("total=" + runtime.totalMemory());
        System.out.println("processors=" + runtime.availableProcessors());
    }

    /** Uses as many MiB as the argument says, and gives them back; waits for a line of input each time. */
    static void peak(String[] args) throws IOException {
        List<byte[]> memory = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            byte[] mib = new byte[1 << 20];
            Arrays.fill(mib, (byte) i);
            memory.add(mib);
        }
        System.out.println("peak " + memory.size());
        System.in.read();
        memory.clear();
        System.gc();
        System.out.println("low " + memory.size());
        System.in.read();
    }

    /** Prints random bytes, then some more when there is a socket. */
    static void random(String[] args) throws IOException {
        HexFormat hex = HexFormat.of();
        System.out.println("random=" + hex.formatHex(SecureRandom.getSeed(16)));
        try (ServerSocket socket = new ServerSocket(0)) {
            System.out.println("random=" + hex.formatHex(SecureRandom.getSeed(16)) + " port=" + socket.getLocalPort());
        }
    }

    private static void print(Map<String, String> entries) {
        new TreeMap<>(entries).forEach((name, value) -> System.out.println(name + "=" + value.replace("\n", "\\n")));
    }
}
