package dev.ristretto.kernel.platform;

import org.graalvm.nativeimage.Platform;

/** x86-64 without an operating system: not Linux, not POSIX, so that nothing which needs either gets into an image. */
public final class RistrettoPlatform implements Platform.AMD64 {
    @Override
    public String getOS() {
        return "ristretto";
    }
}
