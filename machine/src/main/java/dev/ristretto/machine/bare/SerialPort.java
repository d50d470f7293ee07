package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/** The first serial port, a 16550 (National PC16550D datasheet §8), which is the console line. */
final class SerialPort {
    /** ISA interrupt line of COM1. */
    static final int LINE = 4;

    private static final int BASE = 0x3F8;
    private static final int DATA = BASE;
    private static final int INTERRUPT_ENABLE = BASE + 1;
    private static final int INTERRUPT_ID = BASE + 2;
    private static final int FIFO_CONTROL = BASE + 2;
    private static final int LINE_CONTROL = BASE + 3;
    private static final int MODEM_CONTROL = BASE + 4;
    private static final int LINE_STATUS = BASE + 5;

    private static final int RECEIVE = 1;
    private static final int TRANSMIT = 2;
    private static final int DATA_READY = 1;
    private static final int TRANSMITTER_EMPTY = 1 << 5;
    /** The shift register is empty too: everything has left. */
    private static final int LINE_IDLE = 1 << 6;
    private static final int FIFO_SIZE = 16;

    private boolean present;
    private int enabled;
    /** Received bytes stay in the device, which makes the sender wait. */
    private boolean inputHeld;
    /** Bytes that were there before the image, the first in the lowest bits, and how many. */
    private long early;
    private int earlyCount;
    /** The line took nothing for very long: nobody is waited for any more. */
    private boolean stuck;
    /** Bytes that fit before the line status has to be asked again. */
    private int room;

    /** 8 bits, no parity, FIFOs on; speed means nothing to an emulated line. */
    @Uninterruptible(reason = KERNEL_CODE)
    void start() {
        present = Cpu.in8(LINE_STATUS) != 0xFF;
        if (present) {
            // what came before the image was there would be lost when the FIFOs are switched on
            while (earlyCount < Long.BYTES && (Cpu.in8(LINE_STATUS) & DATA_READY) != 0) {
                early |= (long) Cpu.in8(DATA) << 8 * earlyCount++;
            }
            Cpu.out8(INTERRUPT_ENABLE, 0);
            Cpu.out8(LINE_CONTROL, 3);
            Cpu.out8(FIFO_CONTROL, 7);
            Cpu.out8(MODEM_CONTROL, 0x0B); // DTR, RTS, and OUT2, which lets the interrupt through on a PC
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void startInterrupts() {
        if (present) {
            enable(RECEIVE);
            Cpu.in8(INTERRUPT_ID);
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private void enable(int interrupts) {
        if (enabled != interrupts) {
            enabled = interrupts;
            Cpu.out8(INTERRUPT_ENABLE, interrupts);
        }
    }

    /** Waits until the byte is taken; a line that takes nothing for very long loses it rather than hanging the machine. */
    @Uninterruptible(reason = KERNEL_CODE)
    void put(int value) {
        if (present) {
            int limit = stuck ? 1 : 1_000_000;
            int polls = 0;
            while ((Cpu.in8(LINE_STATUS) & TRANSMITTER_EMPTY) == 0 && ++polls < limit) {
                continue;
            }
            stuck = polls >= limit;
            if (!stuck) {
                Cpu.out8(DATA, value);
            }
            room = 0;
        }
    }

    /** False when the transmit FIFO is full; the transmit interrupt is on then, and tells when it is empty. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean tryPut(int value) {
        if (!present) {
            return true;
        }
        if (room == 0) {
            if ((Cpu.in8(LINE_STATUS) & TRANSMITTER_EMPTY) == 0) {
                enable(receive() | TRANSMIT);
                return false;
            }
            room = FIFO_SIZE;
        }
        Cpu.out8(DATA, value);
        room--;
        return true;
    }

    /** Waits until the last byte has left, or very long. */
    @Uninterruptible(reason = KERNEL_CODE)
    void drain() {
        for (int i = 0; present && i < 1_000_000 && (Cpu.in8(LINE_STATUS) & LINE_IDLE) == 0; i++) {
            continue;
        }
    }

    /** A received byte, or -1. */
    @Uninterruptible(reason = KERNEL_CODE)
    int get() {
        if (earlyCount > 0) {
            int value = (int) early & 0xFF;
            early >>>= 8;
            earlyCount--;
            return value;
        }
        return present && (Cpu.in8(LINE_STATUS) & DATA_READY) != 0 ? Cpu.in8(DATA) : -1;
    }

    /** In the interrupt handler: ends the request and takes back the transmit interrupt, which is asked for anew when needed. */
    @Uninterruptible(reason = KERNEL_CODE)
    void acknowledge() {
        Cpu.in8(INTERRUPT_ID);
        enable(receive());
    }

    /** Leaves input in the device, or takes it again; what has come in the meantime interrupts at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    void holdInput(boolean hold) {
        inputHeld = hold;
        if (present) {
            enable(receive() | enabled & TRANSMIT);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private int receive() {
        return inputHeld ? 0 : RECEIVE;
    }

    /** True when received bytes wait. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean readable() {
        return present && (Cpu.in8(LINE_STATUS) & DATA_READY) != 0;
    }

    /** True when a byte would be taken at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean writable() {
        return !present || (Cpu.in8(LINE_STATUS) & TRANSMITTER_EMPTY) != 0;
    }
}
