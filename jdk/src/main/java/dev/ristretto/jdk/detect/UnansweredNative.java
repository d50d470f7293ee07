package dev.ristretto.jdk.detect;

import java.util.List;

/**
 * A native method that a program can reach and nothing answers.
 *
 * @param method the method as {@code package.Class.name(types)}
 * @param module the module of its class, or an empty string for the class path
 * @param path the frames that reach it, the nearest caller first; empty when only the virtual machine itself or reflection does
 */
record UnansweredNative(String method, String module, List<Frame> path) {
    UnansweredNative {
        path = List.copyOf(path);
    }

    /**
     * A frame of the path.
     *
     * @param text the frame as in a stack trace
     * @param ofProgram whether it is code of the program or its libraries, rather than of the JDK or the system
     */
    record Frame(String text, boolean ofProgram) {
    }
}
