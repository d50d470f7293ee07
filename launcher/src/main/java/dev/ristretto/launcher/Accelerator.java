package dev.ristretto.launcher;

import java.util.Locale;

/** What runs the guest's instructions. */
public enum Accelerator {
    /** KVM where it truly works, else {@link #TCG}. */
    AUTO,
    /** The processor itself, through Linux's {@code /dev/kvm}. */
    KVM,
    /** QEMU's translator; works everywhere. */
    TCG;

    /** The name QEMU and users know it by. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
