package dev.ristretto.launcher.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Machine code for a processor as PVH leaves it: 32-bit protected mode, flat segments, paging off, interrupts off, EBX pointing at the
 * start-info structure. Just the instructions that tiny guests need; encodings from the Intel SDM, vol. 2.
 *
 * <p>Methods append and return {@code this}. Labels are made with {@link #label()}, placed with {@link #place} and may be jumped to
 * before or after they are placed. Instances are not thread-safe.
 */
public final class GuestCode {
    /** First port of the first serial line; its line status register is at {@code COM1 + 5}. */
    public static final int COM1 = 0x3f8;
    /** QEMU's debug console. */
    public static final int DEBUG_CONSOLE = 0xe9;
    /** Where the launcher puts QEMU's debug-exit device. */
    public static final int DEBUG_EXIT = 0xf4;

    /** Registers with the numbers that instructions use for them (SDM vol. 2, table 2-2). */
    public enum Register { EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI }

    /** A place in the code; belongs to the {@link GuestCode} that made it. */
    public static final class Label {
        private int position = -1;
    }

    private record Fixup(int at, Label target) { }

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final List<Fixup> fixups = new ArrayList<>();

    /** A label that is not placed yet. */
    public Label label() {
        return new Label();
    }

    /** Places {@code label} here. */
    public GuestCode place(Label label) {
        label.position = code.size();
        return this;
    }

    /** Appends bytes as they are, for instructions that have no method of their own. */
    public GuestCode bytes(int... values) {
        for (int value : values) {
            code.write(value);
        }
        return this;
    }

    private GuestCode int32(int value) {
        return bytes(value, value >> 8, value >> 16, value >> 24);
    }

    /** {@code mov register, value}. */
    public GuestCode move(Register register, int value) {
        return bytes(0xb8 + register.ordinal()).int32(value);
    }

    /** {@code mov to, from}. */
    public GuestCode move(Register to, Register from) {
        return bytes(0x89, 0xc0 | from.ordinal() << 3 | to.ordinal());
    }

    /** {@code mov to, [base + displacement]}; {@code base} is not ESP. */
    public GuestCode load(Register to, Register base, int displacement) {
        return bytes(0x8b, 0x80 | to.ordinal() << 3 | base.ordinal()).int32(displacement);
    }

    /** {@code mov dx, port; mov al, value; out dx, al}. */
    public GuestCode out(int port, int value) {
        return port(port).bytes(0xb0, value).outAl();
    }

    /** {@code mov dx, port}. */
    public GuestCode port(int port) {
        return bytes(0x66, 0xba, port, port >> 8);
    }

    /** {@code out dx, al}. */
    public GuestCode outAl() {
        return bytes(0xee);
    }

    /** {@code in al, dx}. */
    public GuestCode inAl() {
        return bytes(0xec);
    }

    /** Writes the low byte of EAX, then the next, until all four are out at DX; EAX is lost. */
    public GuestCode outEaxBytewise() {
        for (int i = 0; i < 4; i++) {
            outAl().bytes(0xc1, 0xe8, 8);
        }
        return this;
    }

    /** Writes every byte of {@code text} in UTF-8 to {@code port}. */
    public GuestCode outText(int port, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out(port, b);
        }
        return this;
    }

    /** {@code jmp target}. */
    public GuestCode jump(Label target) {
        return bytes(0xe9).relative(target);
    }

    /** {@code jz target} (also "if equal"). */
    public GuestCode jumpIfZero(Label target) {
        return bytes(0x0f, 0x84).relative(target);
    }

    /** {@code jnz target} (also "if not equal"). */
    public GuestCode jumpIfNotZero(Label target) {
        return bytes(0x0f, 0x85).relative(target);
    }

    /** {@code dec register}; sets the zero flag. */
    public GuestCode decrement(Register register) {
        return bytes(0x48 + register.ordinal());
    }

    /** {@code inc register}; sets the zero flag. */
    public GuestCode increment(Register register) {
        return bytes(0x40 + register.ordinal());
    }

    /** {@code cmp al, value}. */
    public GuestCode compareAl(int value) {
        return bytes(0x3c, value);
    }

    /** {@code test al, mask}. */
    public GuestCode testAl(int mask) {
        return bytes(0xa8, mask);
    }

    /** {@code cpuid} with the given leaf and subleaf 0. */
    public GuestCode cpuid(int leaf) {
        return move(Register.EAX, leaf).move(Register.ECX, 0).bytes(0x0f, 0xa2);
    }

    /** Counts {@code iterations} down to zero in ECX: two instructions each. */
    public GuestCode spin(int iterations) {
        Label again = label();
        return move(Register.ECX, iterations).place(again).decrement(Register.ECX).jumpIfNotZero(again);
    }

    /** Waits until the first serial line has sent everything (line status bit 6, transmitter empty). */
    public GuestCode drainSerial() {
        Label again = label();
        return port(COM1 + 5).place(again).inAl().testAl(0x40).jumpIfZero(again);
    }

    /** Ends QEMU with status {@code 2 * value + 1}; halts for good where there is no debug-exit device. */
    public GuestCode debugExit(int value) {
        return out(DEBUG_EXIT, value).halt();
    }

    /** Halts for good. */
    public GuestCode halt() {
        Label again = label();
        return place(again).bytes(0xf4).jump(again);
    }

    private GuestCode relative(Label target) {
        fixups.add(new Fixup(code.size(), target));
        return int32(0);
    }

    /**
     * The code, all jumps resolved.
     *
     * @throws IllegalStateException if a label was jumped to and never placed
     */
    public byte[] toBytes() {
        byte[] bytes = code.toByteArray();
        for (Fixup fixup : fixups) {
            if (fixup.target.position < 0) {
                throw new IllegalStateException("a label was never placed");
            }
            int displacement = fixup.target.position - (fixup.at + 4);
            for (int i = 0; i < 4; i++) {
                bytes[fixup.at + i] = (byte) (displacement >> 8 * i);
            }
        }
        return bytes;
    }
}
