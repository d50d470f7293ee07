package dev.ristretto.jdk.io;

import jdk.internal.util.StaticProperty;

/** Stands for a field that holds the directory where relative paths begin. */
final class UserDirectory {
    private UserDirectory() {
    }

    static String getUserDir(Target_java_io_UnixFileSystem fileSystem) {
        return StaticProperty.userDir();
    }

    /** Called by the constructor of the file system, with the same value. */
    static void setUserDir(Target_java_io_UnixFileSystem fileSystem, String value) {
        // The property is where the value is kept.
    }
}
