package dev.ristretto.jdk.nio;

import jdk.internal.util.StaticProperty;

/**
 * Stands for two fields of the JDK's file system that say where relative paths begin. They are set while the image is built, to the
 * directory of the builder; the running machine has another one, in the property {@code user.dir}.
 */
final class DefaultDirectory {
    private static volatile byte[] directory;

    private DefaultDirectory() {
    }

    static byte[] getDefaultDirectory(Target_sun_nio_fs_UnixFileSystem fileSystem) {
        byte[] known = directory;
        if (known == null) {
            known = FileSystemCalls.bytes(plain(StaticProperty.userDir()));
            directory = known;
        }
        return known;
    }

    /** Called by the constructor of the file system, with the same value. */
    static void setDefaultDirectory(Target_sun_nio_fs_UnixFileSystem fileSystem, byte[] value) {
        // The property is where the value is kept.
    }

    /** Always: the property decides, even if it names no directory. */
    static boolean getNeedToResolveAgainstDefaultDirectory(Target_sun_nio_fs_UnixFileSystem fileSystem) {
        return true;
    }

    /** Called by the constructor of the file system. */
    static void setNeedToResolveAgainstDefaultDirectory(Target_sun_nio_fs_UnixFileSystem fileSystem, boolean value) {
        // See the getter.
    }

    /** Returns the form that the JDK's paths have inside: absolute, single slashes, none at the end. */
    private static String plain(String path) {
        String single = ("/" + path).replaceAll("/+", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }
}
