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
    private static final int FIFOS_ON = 1;

    private boolean present;
    private int enabled;
    /** Received bytes stay in the device, which makes the sender wait. */
    private boolean inputHeld;
    /** How many bytes an idle transmitter takes. */
    private int transmitSize;
    /** The line took nothing for very long: nobody is waited for any more. */
    private boolean stuck;
    /** Bytes that fit before the line status has to be asked again. */
    private int room;

    /**
     * 8 bits, no parity, speed means nothing to an emulated line. FIFOs are on, unless a byte of input is waiting, as it is when input comes from
     * a pipe: switching them on or off empties them (16550D data sheet, FCR0), the byte that waits is not all there is to come, and whatever
     * is read to save it makes room for another, which would be lost. As long as it waits no other comes, so without FIFOs nothing is lost.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start() {
        present = Cpu.in8(LINE_STATUS) != 0xFF;
        if (present) {
            Cpu.out8(INTERRUPT_ENABLE, 0);
            Cpu.out8(LINE_CONTROL, 3);
            transmitSize = 1;
            if ((Cpu.in8(LINE_STATUS) & DATA_READY) == 0) {
                Cpu.out8(FIFO_CONTROL, FIFOS_ON);
                transmitSize = FIFO_SIZE;
            }
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
            room = transmitSize;
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
