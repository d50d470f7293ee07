package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/** The battery-backed clock of a PC (MC146818A datasheet), which tells whole seconds of UTC. */
final class RealTimeClock {
    private static final int INDEX = 0x70;
    private static final int DATA = 0x71;
    private static final int SECONDS = 0;
    private static final int MINUTES = 2;
    private static final int HOURS = 4;
    private static final int DAY = 7;
    private static final int MONTH = 8;
    private static final int YEAR = 9;
    private static final int STATUS_A = 10;
    private static final int STATUS_B = 11;
    private static final int UPDATING = 0x80;
    private static final int BINARY = 4;
    private static final int TWENTY_FOUR_HOURS = 2;

    private RealTimeClock() {
    }

    /** Seconds since the epoch, or 0 if there is no such clock. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long epochSeconds() {
        if (Cpu.in8(INDEX) == 0xFF && read(STATUS_B) == 0xFF) {
            return 0;
        }
        long before;
        long now = 0;
        int tries = 0;
        do { // two equal readings: no update came in between
            before = now;
            for (int i = 0; i < 100_000 && (read(STATUS_A) & UPDATING) != 0; i++) {
                continue;
            }
            now = readOnce();
        } while (now != before && ++tries < 10);
        return now;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int read(int register) {
        Cpu.out8(INDEX, register);
        return Cpu.in8(DATA);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static long readOnce() {
        int status = read(STATUS_B);
        boolean binary = (status & BINARY) != 0;
        int rawHours = read(HOURS);
        int hours = number(rawHours & 0x7F, binary);
        if ((status & TWENTY_FOUR_HOURS) == 0) {
            hours = hours % 12 + ((rawHours & 0x80) != 0 ? 12 : 0);
        }
        int year = 2000 + number(read(YEAR), binary);
        int month = number(read(MONTH), binary);
        int day = number(read(DAY), binary);
        int minutes = number(read(MINUTES), binary);
        int seconds = number(read(SECONDS), binary);
        if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || minutes > 59 || seconds > 60) {
            return 0;
        }
        return (daysSinceEpoch(year, month, day) * 24 + hours) * 3600L + minutes * 60L + seconds;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int number(int raw, boolean binary) {
        return binary ? raw : (raw >>> 4) * 10 + (raw & 15);
    }

    /** Days from 1970-01-01 in the Gregorian calendar, counting years from March so that the leap day comes last. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long daysSinceEpoch(int year, int month, int day) {
        int y = month > 2 ? year : year - 1;
        int m = month > 2 ? month - 3 : month + 9;
        return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    }
}
