package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Free memory, and the addresses beyond it at which it can be mapped; the package says how. */
final class ProcessMemory {
    /** The system's word for the machine's memory in bytes. */
    private static final String MEMORY = "ristretto.memory=";
    /** Free memory lies at a random multiple of 2 MiB from here on. */
    private static final long ARENA_BEGIN = 1L << 40;
    private static final long ARENA_CHOICES = 4L << 40;
    private static final long LEAST_ARENA = 4 << 20;
    private static final int ARENA_TRIES = 16;
    /** Memory of a host that tells nothing. */
    private static final long UNKNOWN_HOST = 2L << 30;

    private final Mappings mappings = new Mappings();
    private long arenaBegin;
    private long arenaEnd;
    private long memorySize;

    /** Free memory, and addresses for mappings; neither takes memory until it is used. */
    @Uninterruptible(reason = KERNEL_CODE)
    void reserve(Invocation invocation, long seedOfLastResort) {
        long image = Linked.IMAGE_END.get().subtract(Linked.IMAGE_BEGIN.get()).rawValue();
        Pointer option = invocation.option(MEMORY);
        long asked = option.isNull() ? -1 : Text.number(option);
        long available = MemoryLimit.available();
        available = available == MemoryLimit.NONE ? UNKNOWN_HOST : available;
        memorySize = UninterruptibleUtils.Math.min(asked > 0 ? asked : available / 2, available);
        memorySize = UninterruptibleUtils.Math.min(memorySize, MemoryLimit.controlGroups());
        long bytes = memorySize - image & -Mappings.PAGE;
        if (bytes < LEAST_ARENA) {
            Text.cannotStart("not enough memory: --memory, the limit of the control group, or what the host has available is less than "
                + "the image takes up and 4 MiB.");
        }
        UnsignedWord addresses = Word.unsigned(Mappings.END - Mappings.BEGIN);
        if (Linux.mapAnonymous(Word.unsigned(Mappings.BEGIN), addresses, 0, Linux.MAP_FIXED_NOREPLACE) != Mappings.BEGIN) {
            Text.cannotStart("Linux refuses to reserve 8 TiB of addresses (no memory goes with them); a limit on address space "
                + "(ulimit -v) is the usual reason, and must be unlimited.");
        }
        Pointer random = Word.pointer(invocation.auxiliary(Invocation.AT_RANDOM));
        long seed = random.isNonNull() ? random.readLong(0) : seedOfLastResort;
        for (int i = 0; i < ARENA_TRIES && arenaBegin == 0; i++) {
            long at = ARENA_BEGIN + ((seed >>> i) % ARENA_CHOICES & -Mappings.LARGE_PAGE & ARENA_CHOICES - 1);
            if (Linux.mapAnonymous(Word.unsigned(at), Word.unsigned(bytes), Linux.PROT_READ | Linux.PROT_WRITE,
                    Linux.MAP_FIXED_NOREPLACE) == at) {
                arenaBegin = at;
                arenaEnd = at + bytes;
            }
        }
        if (arenaBegin == 0) {
            Text.cannotStart("Linux refuses the memory; say a smaller --memory, or allow overcommitting (vm.overcommit_memory).");
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord begin() {
        return Word.unsigned(arenaBegin);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord end() {
        return Word.unsigned(arenaEnd);
    }

    /** All memory of the machine, that of the image included. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    UnsignedWord size() {
        return Word.unsigned(memorySize);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void giveBack(UnsignedWord begin, UnsignedWord bytes) {
        Linux.call(Linux.MADVISE, begin, bytes, Word.signed(Linux.MADV_DONTNEED));
    }

    /** A frame that is mapped is not used by its own address: only the permit to use as much memory goes with it. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access) {
        if (!mappings.prepare(address.rawValue(), frame.rawValue(), bytes.rawValue())
                || Linux.call(Linux.MPROTECT, address, bytes, Word.signed(access & (Machine.READ | Machine.WRITE))) != 0) {
            return false;
        }
        giveBack(frame, bytes);
        mappings.put(address.rawValue(), frame.rawValue(), bytes.rawValue());
        return true;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmap(UnsignedWord address) {
        long frame = mappings.remove(address.rawValue());
        if (frame != 0) {
            takeAway(address, Mappings.PAGE);
        }
        return Word.unsigned(frame);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmapLarge(UnsignedWord address) {
        long frame = mappings.removeLarge(address.rawValue());
        if (frame != 0) {
            takeAway(address, Mappings.LARGE_PAGE);
        }
        return Word.unsigned(frame);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void takeAway(UnsignedWord address, int bytes) {
        giveBack(address, Word.unsigned(bytes));
        Linux.call(Linux.MPROTECT, address, Word.unsigned(bytes), Word.zero());
    }

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord frameAt(UnsignedWord address) {
        return Word.unsigned(mappings.get(address.rawValue()));
    }

    /** Pages outside of the mapping range are all there; within it those that are not mapped are passed over. */
    @Uninterruptible(reason = KERNEL_CODE)
    void protect(UnsignedWord address, UnsignedWord bytes, int access) {
        int rights = access & (Machine.READ | Machine.WRITE);
        if (address.belowThan(Word.unsigned(Mappings.BEGIN))) {
            Linux.call(Linux.MPROTECT, address, bytes, Word.signed(rights));
            return;
        }
        UnsignedWord end = address.add(bytes);
        for (UnsignedWord at = address; at.belowThan(end); at = at.add(Mappings.PAGE)) {
            if (mappings.get(at.rawValue()) != 0) {
                Linux.call(Linux.MPROTECT, at, Word.unsigned(Mappings.PAGE), Word.signed(rights));
            }
        }
    }
}
