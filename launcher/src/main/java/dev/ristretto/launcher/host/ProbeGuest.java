package dev.ristretto.launcher.host;

import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestCode.Register;
import dev.ristretto.launcher.guest.GuestElf;

/**
 * The guest that tells what its processor is worth: it writes one byte, the {@link CpuFeatures#WORDS} words of CPUID, and, after a loop
 * of a few million instructions, one more byte to the debug console.
 */
final class ProbeGuest {
    /** First byte: the guest runs. */
    static final int STARTED = 'S';
    /** Last byte: the loop has ended. */
    static final int ENDED = 'E';
    /** Everything the guest writes. */
    static final int OUTPUT_SIZE = 2 + 4 * CpuFeatures.WORDS;

    private ProbeGuest() { }

    /** The guest as an ELF file, with a loop of {@code iterations} times two instructions. */
    static byte[] elf(int iterations) {
        GuestCode code = new GuestCode();
        code.out(GuestCode.DEBUG_CONSOLE, STARTED);
        leaf(code, 0, Register.EAX);
        leaf(code, 1, Register.ECX, Register.EDX);
        leaf(code, 7, Register.EBX, Register.ECX, Register.EDX);
        leaf(code, 0x8000_0001, Register.ECX, Register.EDX);
        code.spin(iterations);
        code.out(GuestCode.DEBUG_CONSOLE, ENDED);
        return GuestElf.of(code.debugExit(0));
    }

    /** Writes the named outputs of one leaf; the instruction is repeated for each, as writing needs EAX and EDX. */
    private static void leaf(GuestCode code, int leaf, Register... outputs) {
        for (Register output : outputs) {
            code.cpuid(leaf).move(Register.EAX, output).port(GuestCode.DEBUG_CONSOLE).outEaxBytewise();
        }
    }
}
