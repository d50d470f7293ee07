package dev.ristretto.kernel.memory;

import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import org.graalvm.word.Pointer;

/**
 * The part of an image that holds files which were sealed into it: read-only pages, there from the begin to the end. Only an image that was
 * built with files has one. Code of any other image must not reach this class: the linker would not find what it names.
 */
public final class FilesSection {
    private static final CGlobalData<Pointer> BEGIN = CGlobalDataFactory.forSymbol("ristretto_files_begin");
    private static final CGlobalData<Pointer> END = CGlobalDataFactory.forSymbol("ristretto_files_end");

    private FilesSection() {
    }

    /** Returns its first address, a multiple of 4096. */
    public static long begin() {
        return BEGIN.get().rawValue();
    }

    /** Returns the address after its last page. */
    public static long end() {
        return END.get().rawValue();
    }
}
