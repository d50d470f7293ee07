package dev.ristretto.jdk.net;

import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.entropy.EntropyCards;
import dev.ristretto.jdk.lang.SystemMessages;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes a machine's entropy device into use. Here because images with a network have the drivers' buses already, and talk to others, who
 * might guess; others do not pay for a driver.
 */
final class EntropyDevice {
    private static final AtomicBoolean ATTACHED = new AtomicBoolean();

    private EntropyDevice() {
    }

    /** Looks for one, the first time. */
    static void attach() {
        if (MachineDevices.arePresent() && ATTACHED.compareAndSet(false, true)) {
            EntropyCards.attach(SystemMessages::say);
        }
    }
}
