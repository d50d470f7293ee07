package dev.ristretto.launcher.host;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.Machine;
import java.nio.file.Path;

/**
 * What a guest will run on.
 *
 * @param qemu the program
 * @param machine the machine model
 * @param accelerator KVM or TCG, never {@link Accelerator#AUTO}
 * @param reason why not KVM, in words that follow "KVM"; empty where KVM is used or nobody asked
 * @param cpu what the guest's processor can do
 * @param fresh whether this was found out just now, not remembered
 */
public record Host(Path qemu, Machine machine, Accelerator accelerator, String reason, CpuFeatures cpu, boolean fresh) {
    /** One line for the user: what the image runs on and why. */
    public String description() {
        return machine.word() + ", " + (accelerator == Accelerator.KVM ? "KVM" : "TCG (translated)")
                + (reason.isEmpty() ? "" : "; KVM " + reason);
    }
}
