package dev.ristretto.launcher;

import java.util.Locale;

/** The two machines of an image. */
public enum RunsOn {
    /** QEMU where KVM truly works, else a process. */
    AUTO,
    /** A virtual machine. */
    QEMU,
    /** A sandboxed process of this Linux. */
    PROCESS;

    /** The name users know it by. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
