package dev.ristretto.kernel.boot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.word.Pointer;

/** The command line as Java wants it. Any thread may call once {@code main} has been reached. */
public final class BootArguments {
    private static final String ENVIRONMENT = "env.";
    private static final String PROPERTY = "-D";
    private static final String FOLDER = "ristretto.folder=";

    private BootArguments() {
    }

    /** What the program's {@code main} gets. */
    public static String[] programArguments() {
        String[] arguments = new String[CommandLine.words() - CommandLine.systemWords()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = string(CommandLine.word(CommandLine.systemWords() + i));
        }
        return arguments;
    }

    /** Environment variables, each {@code NAME=value}: the words {@code env.NAME=value}. */
    public static String[] environment() {
        return withPrefix(ENVIRONMENT);
    }

    /** System properties, each {@code key=value} or {@code key}: the words {@code -Dkey=value}. */
    public static String[] systemProperties() {
        return withPrefix(PROPERTY);
    }

    /** Folders that the launcher of a process lends it, as it calls them: the words {@code ristretto.folder=NAME}. */
    public static List<String> folders() {
        return List.of(withPrefix(FOLDER));
    }

    /** All words for the system, in order. */
    public static List<String> systemWords() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < CommandLine.systemWords(); i++) {
            words.add(string(CommandLine.word(i)));
        }
        return words;
    }

    /** What the command line tells of devices: each {@code size@address:line} or {@code size@address:line:id}. */
    public static String[] virtioDevices() {
        String[] devices = new String[CommandLine.deviceWords()];
        for (int i = 0; i < devices.length; i++) {
            devices[i] = string(CommandLine.deviceWord(i)).substring(CommandLine.DEVICE.length());
        }
        return devices;
    }

    /**
     * Says once on the console which system words nothing understands: those that are no option, and hold neither a dot nor an
     * equals sign, as the words of hypervisors and other operating systems do, which are passed over.
     */
    public static void warnOfUnknown() {
        for (int i = 0; i < CommandLine.systemWords(); i++) {
            String word = string(CommandLine.word(i));
            if (!word.startsWith("-") && word.indexOf('.') < 0 && word.indexOf('=') < 0) {
                System.err.println("ristretto: the word \"" + word + "\" on the command line means nothing to the system and is ignored; "
                    + "arguments of the program come after --");
            }
        }
    }

    private static String[] withPrefix(String prefix) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < CommandLine.systemWords(); i++) {
            String word = string(CommandLine.word(i));
            if (word.startsWith(prefix)) {
                found.add(word.substring(prefix.length()));
            }
        }
        return found.toArray(new String[0]);
    }

    private static String string(Pointer word) {
        int length = 0;
        while (word.readByte(length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = word.readByte(i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
