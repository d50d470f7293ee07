package dev.ristretto.jdk.detect;

import java.util.List;

/**
 * A native method that a program can reach and nothing answers.
 *
 * @param method the method as {@code package.Class.name(types)}
 * @param module the module of its class, or an empty string for the class path
 * @param path the frames that reach it, the nearest caller first, each as in a stack trace; empty when only the virtual machine itself or
 *            reflection does
 */
record UnansweredNative(String method, String module, List<String> path) {
    UnansweredNative {
        path = List.copyOf(path);
    }
}
