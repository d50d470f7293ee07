package dev.ristretto.launcher;

import dev.ristretto.launcher.guest.GuestCode;
import dev.ristretto.launcher.guest.GuestCode.Label;
import dev.ristretto.launcher.guest.GuestCode.Register;
import dev.ristretto.launcher.guest.GuestElf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guests of a few instructions that behave, or misbehave, as an image might. */
final class TestGuests {
    static final String MANIFEST =
            "format=1\nname=test\nbuild-id=00\nmachine=x86_64-bare\ncpu=x86-64-v3\ndevices=serial\nmin-memory-mib=24\n";
    private static final int LINE_STATUS = GuestCode.COM1 + 5;

    private TestGuests() { }

    static Path write(Path directory, GuestCode code) throws IOException {
        return write(directory, code, MANIFEST);
    }

    static Path write(Path directory, GuestCode code, String manifest) throws IOException {
        Path file = Files.createTempFile(directory, "guest", ".elf");
        return Files.write(file, GuestElf.of(code, manifest));
    }

    /** Ends as an image does: the code on the debug console, then through the debug-exit device. */
    static GuestCode exit(GuestCode code, int exitCode) {
        return code.outText(GuestCode.DEBUG_CONSOLE, "exit " + exitCode + "\n").drainSerial().debugExit(Math.min(exitCode, 127));
    }

    /** Writes back what it reads, taking DLE and EOT as an image does, and ends with {@code exitCode} at the end of the input. */
    static GuestCode echo(int exitCode) {
        GuestCode code = new GuestCode();
        Label next = code.label();
        Label literal = code.label();
        Label write = code.label();
        Label end = code.label();
        Label wait = code.label();
        Label waitLiteral = code.label();
        code.place(next).port(LINE_STATUS).place(wait).inAl().testAl(1).jumpIfZero(wait).port(GuestCode.COM1).inAl();
        code.compareAl(0x04).jumpIfZero(end).compareAl(0x10).jumpIfZero(literal);
        code.place(write).outAl().jump(next);
        code.place(literal).port(LINE_STATUS).place(waitLiteral).inAl().testAl(1).jumpIfZero(waitLiteral);
        code.port(GuestCode.COM1).inAl().jump(write);
        return exit(code.place(end), exitCode);
    }

    /** Writes {@code length} bytes, the low bytes of numbers counting down to 1, and ends with 0. */
    static GuestCode count(int length) {
        return exit(counting(length), 0);
    }

    /** The bytes of {@link #count} without the end; each waits until the transmitter has room, as a driver has to. */
    static GuestCode counting(int length) {
        GuestCode code = new GuestCode();
        Label next = code.label();
        Label wait = code.label();
        code.move(Register.ECX, length).place(next).port(LINE_STATUS).place(wait).inAl().testAl(0x20).jumpIfZero(wait);
        return code.move(Register.EAX, Register.ECX).port(GuestCode.COM1).outAl().decrement(Register.ECX).jumpIfNotZero(next);
    }

    /** Writes its command line to the serial line; each byte waits until the transmitter has room, or QEMU may lose it on a busy host. */
    static GuestCode printCommandLine() {
        GuestCode code = new GuestCode();
        Label next = code.label();
        Label wait = code.label();
        Label end = code.label();
        code.load(Register.ESI, Register.EBX, 24); // hvm_start_info.cmdline_paddr
        code.place(next).load(Register.EAX, Register.ESI, 0).compareAl(0).jumpIfZero(end);
        code.port(LINE_STATUS).place(wait).inAl().testAl(0x20).jumpIfZero(wait);
        code.load(Register.EAX, Register.ESI, 0).port(GuestCode.COM1).outAl().increment(Register.ESI).jump(next);
        return exit(code.place(end), 0);
    }

    /** Waits for the power button as QEMU's machine reports it, and then ends with 143. */
    static GuestCode awaitPowerButton(Machine machine) {
        return awaitPowerButton(machine, "");
    }

    /** The same with some last words. */
    static GuestCode awaitPowerButton(Machine machine, String lastWords) {
        GuestCode code = new GuestCode();
        Label again = code.label();
        if (machine == Machine.MICROVM) {
            // the generic event device's selector register at its fixed address; bit 1 is the power button
            code.outText(GuestCode.COM1, "ready\n").move(Register.ESI, 0xfea0_0000);
            code.place(again).load(Register.EAX, Register.ESI, 0).testAl(2).jumpIfZero(again);
        } else {
            // PM1 enable, then PM1 status, of the ACPI fixed hardware, 16 bits each; bit 8 is the power button: mov ax, 0x100; out dx, ax
            code.port(0x602).bytes(0x66, 0xb8, 0, 1).bytes(0x66, 0xef).outText(GuestCode.COM1, "ready\n");
            code.port(0x600).place(again).bytes(0x66, 0xed).bytes(0xf6, 0xc4, 1).jumpIfZero(again); // in ax, dx; test ah, 1
        }
        return exit(code.outText(GuestCode.COM1, lastWords), 143);
    }

    /** Says that it is there, and stays. */
    static GuestCode stay() {
        return new GuestCode().outText(GuestCode.COM1, "ready\n").halt();
    }

    /** Faults with no interrupt table: the machine resets. */
    static GuestCode tripleFault() {
        // the descriptor at the stack's address zero is all zeros: lidt [0]; int3
        return new GuestCode().bytes(0x0f, 0x01, 0x1d).bytes(0, 0, 0, 0).bytes(0xcc).halt();
    }
}
