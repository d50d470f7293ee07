package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/** The shared object that Linux maps into every process (vdso(7)): looks up a function of it. */
final class Vdso {
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int DT_HASH = 4;
    private static final int DT_STRTAB = 5;
    private static final int DT_SYMTAB = 6;
    private static final int DT_GNU_HASH = 0x6ffffef5;
    private static final int SYMBOL_SIZE = 24;

    private Vdso() {
    }

    /** Address of the function called {@code name}, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    static Pointer find(Pointer elf, String name) {
        Pointer headers = elf.add((int) elf.readLong(32));
        long bias = elf.rawValue();
        Pointer dynamic = Word.nullPointer();
        for (int i = 0; i < elf.readShort(56); i++) {
            Pointer header = headers.add(i * elf.readShort(54));
            if (header.readInt(0) == PT_LOAD && header.readLong(8) == 0) {
                bias -= header.readLong(16);
            } else if (header.readInt(0) == PT_DYNAMIC) {
                dynamic = elf.add((int) header.readLong(8));
            }
        }
        if (dynamic.isNull()) {
            return dynamic;
        }
        Pointer symbols = entry(dynamic, DT_SYMTAB, bias);
        Pointer strings = entry(dynamic, DT_STRTAB, bias);
        int count = count(dynamic, bias);
        for (int i = 0; symbols.isNonNull() && strings.isNonNull() && i < count; i++) {
            Pointer symbol = symbols.add(i * SYMBOL_SIZE);
            Pointer text = strings.add(symbol.readInt(0));
            if (symbol.readLong(8) != 0 && Text.startsWith(text, name) && text.readByte(name.length()) == 0) {
                return Word.pointer(bias + symbol.readLong(8));
            }
        }
        return Word.nullPointer();
    }

    /** Where an entry of the dynamic section points to, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer entry(Pointer dynamic, int tag, long bias) {
        for (int i = 0; dynamic.readLong(i) != 0; i += 16) {
            if (dynamic.readLong(i) == tag) {
                return Word.pointer(bias + dynamic.readLong(i + 8));
            }
        }
        return Word.nullPointer();
    }

    /** Number of symbols: only the hash tables know (System V gABI, "Hash Table"; for GNU's the end of the last chain). */
    @Uninterruptible(reason = KERNEL_CODE)
    private static int count(Pointer dynamic, long bias) {
        Pointer hash = entry(dynamic, DT_HASH, bias);
        if (hash.isNonNull()) {
            return hash.readInt(4);
        }
        Pointer gnu = entry(dynamic, DT_GNU_HASH, bias);
        if (gnu.isNull()) {
            return 0;
        }
        int buckets = gnu.readInt(0);
        int first = gnu.readInt(4);
        Pointer bucket = gnu.add(16 + 8 * gnu.readInt(8));
        Pointer chain = bucket.add(4 * buckets);
        int last = 0;
        for (int i = 0; i < buckets; i++) {
            last = last > bucket.readInt(4 * i) ? last : bucket.readInt(4 * i);
        }
        if (last < first) {
            return first;
        }
        while ((chain.readInt(4 * (last - first)) & 1) == 0) {
            last++;
        }
        return last + 1;
    }
}
