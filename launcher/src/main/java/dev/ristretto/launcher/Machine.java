package dev.ristretto.launcher;

import java.util.Locale;

/** QEMU's machine models that can enter an image. */
public enum Machine {
    /** The smallest and fastest to start; no PCI. */
    MICROVM,
    /** A PC with PCI Express. */
    Q35,
    /** A PC of 1996, with PCI. */
    PC;

    /** The name QEMU and users know it by. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
