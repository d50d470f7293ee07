package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.util.UnsignedUtils;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** The ranges of free memory: what the hypervisor calls RAM, less the first MiB, the image itself and the command
 * line. */
final class MemoryMap {
    /** More than any hypervisor reports; further ranges are left unused. */
    private static final int LIMIT = 16;
    /** Below 1 MiB lie the start info, firmware leftovers and legacy devices. */
    private static final long LOW = 1 << 20;

    private final long[] begins = new long[LIMIT];
    private final long[] ends = new long[LIMIT];
    private int count;
    private long total;
    /** The command line stays where the hypervisor put it. */
    private UnsignedWord commandLineBegin = Word.zero();
    private UnsignedWord commandLineEnd = Word.zero();

    /** Reads the map; the start info is not needed afterwards. */
    @Uninterruptible(reason = KERNEL_CODE)
    void read(Pointer info) {
        Pointer commandLine = StartInfo.commandLine(info);
        if (commandLine.isNonNull()) {
            int length = 0;
            while (commandLine.readByte(length) != 0) {
                length++;
            }
            commandLineBegin = (UnsignedWord) commandLine;
            commandLineEnd = commandLineBegin.add(length + 1);
        }
        for (int i = 0; i < StartInfo.memoryMapEntries(info); i++) {
            if (StartInfo.isRam(info, i)) {
                UnsignedWord begin = StartInfo.begin(info, i);
                UnsignedWord end = begin.add(StartInfo.size(info, i));
                total += StartInfo.size(info, i).rawValue();
                begin = UnsignedUtils.max(begin, Word.unsigned(LOW));
                addWithoutImage(begin, end);
            }
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void addWithoutImage(UnsignedWord begin, UnsignedWord end) {
        UnsignedWord imageBegin = Linked.IMAGE_BEGIN.get();
        UnsignedWord imageEnd = Linked.IMAGE_END.get();
        if (begin.belowThan(imageEnd) && imageBegin.belowThan(end)) {
            addWithoutCommandLine(begin, UnsignedUtils.min(end, imageBegin));
            addWithoutCommandLine(UnsignedUtils.max(begin, imageEnd), end);
        } else {
            addWithoutCommandLine(begin, end);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void addWithoutCommandLine(UnsignedWord begin, UnsignedWord end) {
        if (begin.belowThan(commandLineEnd) && commandLineBegin.belowThan(end)) {
            add(begin, UnsignedUtils.min(end, commandLineBegin));
            add(UnsignedUtils.max(begin, commandLineEnd), end);
        } else {
            add(begin, end);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void add(UnsignedWord begin, UnsignedWord end) {
        UnsignedWord page = Word.unsigned(PageTables.PAGE);
        UnsignedWord first = UnsignedUtils.roundUp(begin, page);
        UnsignedWord last = UnsignedUtils.roundDown(end, page);
        UnsignedWord fourGiB = Word.unsigned(4L << 30);
        if (first.belowThan(fourGiB) && fourGiB.belowThan(last)) {
            // only what is below can be used before the tables for what is above are made
            add(first, fourGiB);
            add(fourGiB, last);
            return;
        }
        if (first.belowThan(last) && count < LIMIT) {
            begins[count] = first.rawValue();
            ends[count] = last.rawValue();
            count++;
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int count() {
        return count;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord begin(int index) {
        return Word.unsigned(begins[index]);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord end(int index) {
        return Word.unsigned(ends[index]);
    }

    /** All RAM in bytes, before anything is taken away. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord total() {
        return Word.unsigned(total);
    }

    /** First address behind the highest free range. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord top() {
        UnsignedWord top = Word.zero();
        for (int i = 0; i < count; i++) {
            top = UnsignedUtils.max(top, end(i));
        }
        return top;
    }
}
