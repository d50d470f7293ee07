package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.launcher.Machine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random numbers on machines whose processor has no generator. */
class EntropyIT {
    private static final Pattern NUMBER = Pattern.compile("random=([0-9a-f]{32})");
    /** The last {@code -cpu} is the one that counts for QEMU. */
    private static final List<String> NO_GENERATOR = List.of("-cpu", "max,rdrand=off,rdseed=off");

    @ParameterizedTest
    @EnumSource
    void aDeviceIsUsedBeforeTheProgramStarts(Machine machine) throws Exception {
        try (Guest guest = guest(machine, "-device", machine == Machine.MICROVM ? "virtio-rng-device" : "virtio-rng-pci")) {
            assertEquals(0, guest.waitFor().code(), guest.output());
            Matcher numbers = NUMBER.matcher(guest.output());
            assertTrue(numbers.find(), guest.output());
            String first = numbers.group(1);
            assertTrue(numbers.find(), guest.output());
            assertNotEquals(first, numbers.group(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnySourceNothingPredictableIsGiven(Machine machine) throws Exception {
        try (Guest guest = guest(machine)) {
            assertEquals(1, guest.waitFor().code(), guest.output());
            assertTrue(guest.output().contains("this machine has no source of randomness"), guest.output());
        }
    }

    private static Guest guest(Machine machine, String... device) throws Exception {
        String[] arguments = new String[NO_GENERATOR.size() + device.length];
        NO_GENERATOR.toArray(arguments);
        System.arraycopy(device, 0, arguments, NO_GENERATOR.size(), device.length);
        return Guest.program("random").machine(machine).network(Guest.NO_NETWORK).qemuArguments(arguments).start();
    }
}
