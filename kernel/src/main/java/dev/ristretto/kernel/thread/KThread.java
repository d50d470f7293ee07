package dev.ristretto.kernel.thread;

import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/** A kernel thread. In native memory from creation until it is joined. Guarded by the scheduler's lock. */
@RawStructure
public interface KThread extends PointerBase {
    int NEW = 0;
    int RUNNABLE = 1;
    int RUNNING = 2;
    int BLOCKED = 3;
    int DEAD = 4;

    /** Saved state, {@link dev.ristretto.machine.Machine#contextSize} bytes. */
    @RawField
    Pointer getContext();

    @RawField
    void setContext(Pointer value);

    /** The native memory that the context lies in. */
    @RawField
    Pointer getContextBlock();

    @RawField
    void setContextBlock(Pointer value);

    /** Lowest address of the stack's range; its first page is never mapped. */
    @RawField
    UnsignedWord getStackBegin();

    @RawField
    void setStackBegin(UnsignedWord value);

    /** First address behind the stack. */
    @RawField
    UnsignedWord getStackEnd();

    @RawField
    void setStackEnd(UnsignedWord value);

    @RawField
    int getState();

    @RawField
    void setState(int value);

    /** 1 to 10 as in Java; recorded, not yet obeyed. */
    @RawField
    int getPriority();

    @RawField
    void setPriority(int value);

    /** Number from 1, never used twice. */
    @RawField
    long getId();

    @RawField
    void setId(long value);

    /** Next in the run queue or in a wait queue; a thread is in one of them at most. */
    @RawField
    KThread getNext();

    @RawField
    void setNext(KThread value);

    /** Next in the list of all threads. */
    @RawField
    KThread getNextOfAll();

    @RawField
    void setNextOfAll(KThread value);

    /** The queue in which the thread waits, or null. */
    @RawField
    WaitQueue getWaitingIn();

    @RawField
    void setWaitingIn(WaitQueue value);

    /** When to wake up at the latest, on the scale of {@code nanoTime}. */
    @RawField
    long getDeadline();

    @RawField
    void setDeadline(long value);

    /** Place in the heap of sleepers, or -1. */
    @RawField
    int getSleeperIndex();

    @RawField
    void setSleeperIndex(int value);

    /** 1 if the last wait ended by its deadline. */
    @RawField
    int getTimedOut();

    @RawField
    void setTimedOut(int value);

    /** Nanoseconds of its time slice that the thread has used up. */
    @RawField
    long getSliceUsed();

    @RawField
    void setSliceUsed(long value);

    /** When the thread blocked last. */
    @RawField
    long getBlockedAt();

    @RawField
    void setBlockedAt(long value);

    /** 1 if the thread was woken and has time left: it goes before those that compute. */
    @RawField
    int getUrgent();

    @RawField
    void setUrgent(int value);

    /** Nanoseconds on the CPU up to the last switch. */
    @RawField
    long getCpuTime();

    @RawField
    void setCpuTime(long value);

    /** What the thread's function returned. */
    @RawField
    long getResult();

    @RawField
    void setResult(long value);

    /** Who waits for the end. */
    @RawField
    WaitQueue getJoiners();

    @RawField
    void setJoiners(WaitQueue value);

    /** Values of {@link ThreadLocals}, one word a key. */
    @RawField
    Pointer getLocals();

    @RawField
    void setLocals(Pointer value);

    /** Name for the panic report: zero-terminated, in native memory, or null. */
    @RawField
    Pointer getName();

    @RawField
    void setName(Pointer value);
}
