package dev.ristretto.kernel.thread;

import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/** Threads that wait for the same thing, first come first served. Zeroed memory is an empty queue. */
@RawStructure
public interface WaitQueue extends PointerBase {
    @RawField
    KThread getHead();

    @RawField
    void setHead(KThread value);

    @RawField
    KThread getTail();

    @RawField
    void setTail(KThread value);
}
