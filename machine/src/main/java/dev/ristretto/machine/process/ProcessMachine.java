package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.ChosenMachine;
import dev.ristretto.machine.DeviceBus;
import dev.ristretto.machine.DiskFiles;
import dev.ristretto.machine.FolderStream;
import dev.ristretto.machine.Machine;
import dev.ristretto.machine.MachineEvents;
import dev.ristretto.machine.NetworkStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/** A process of Linux; the package says how. */
public final class ProcessMachine implements Machine {
    /** Exit code when the process could not be made a machine. */
    static final int CANNOT_START = 125;
    /** The system's word with the launcher's descriptor or file. */
    private static final String LINE = "ristretto.line=";
    /** The system's word with the socket or the TAP device of the network. */
    static final String NETWORK = "ristretto.net=";
    /** Descriptors that are waited for: two streams and the cable, of 8 bytes each. */
    private static final int POLLS = 24;

    /** Vector state of a signal frame where Linux does not say how large frames are: AVX-512's. */
    private static final int VECTOR_STATE = 2816;

    private final Invocation invocation = new Invocation();
    private final ProcessMemory memory = new ProcessMemory();
    private final Timer timer = new Timer();
    private final StandardStreams streams = new StandardStreams();
    private final LauncherPipe launcher = new LauncherPipe();
    private final NetworkCable network = new NetworkCable();
    private final FolderSocket folders = new FolderSocket();
    private final OpenDisks disks = new OpenDisks();
    private final ProcessFault fault = new ProcessFault();
    private long entryNanos;
    private int vectorStateSize = VECTOR_STATE;

    /** Makes this machine the image's. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void choose() {
        ChosenMachine.choose(get());
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static ProcessMachine get() {
        return ImageSingletons.lookup(ProcessMachine.class);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void start(Pointer startInfo) {
        setCurrentContext(Linked.BOOT_CONTEXT.get());
        Linked.CLOCK.get().writeWord(0, Linked.CLOCK_SYSTEM_CALL.get());
        invocation.read(startInfo);
        long vdso = invocation.auxiliary(Invocation.AT_SYSINFO_EHDR);
        Pointer function = vdso == 0 ? Word.nullPointer() : Vdso.find(Word.pointer(vdso), "__vdso_clock_gettime");
        if (function.isNonNull()) {
            Linked.CLOCK.get().writeWord(0, function);
        }
        entryNanos = Timer.now();
        Signals.handleFaults();
        long frame = invocation.auxiliary(Invocation.AT_MINSIGSTKSZ);
        vectorStateSize = frame > 0 ? (int) frame + 63 & -64 : VECTOR_STATE;
        streams.start();
        launcher.start(invocation.option(LINE), entryNanos);
        network.start(invocation.option(NETWORK), launcher.descriptor());
        int highest = launcher.descriptor() > network.descriptor() ? launcher.descriptor() : network.descriptor();
        folders.start(invocation.option(FolderSocket.SHARE), highest);
        disks.start(invocation, folders.descriptor() > highest ? folders.descriptor() : highest);
        memory.reserve(invocation, entryNanos);
        if (!invocation.compose()) {
            Text.cannotStart("there is no memory for the arguments.");
        }
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void startDevices() {
        if (!timer.start()) {
            Text.cannotStart("Linux refuses a timer; the limit on pending signals (ulimit -i) is the usual reason.");
        }
        Signals.handleInterrupts();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public CCharPointer commandLine() {
        return (CCharPointer) invocation.commandLine();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int memoryRanges() {
        return 1;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memoryRangeBegin(int index) {
        return memory.begin();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memoryRangeEnd(int index) {
        return memory.end();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean memoryRangeReady(int index) {
        return true;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean memoryIsZeroed() {
        return true;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void giveBack(UnsignedWord begin, UnsignedWord bytes) {
        ProcessMemory.giveBack(begin, bytes);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memorySize() {
        return memory.size();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int pageSize() {
        return Mappings.PAGE;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord mappingBegin() {
        return Word.unsigned(Mappings.BEGIN);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord mappingEnd() {
        return Word.unsigned(Mappings.END);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access) {
        return memory.map(address, frame, bytes, access);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord unmap(UnsignedWord address) {
        return memory.unmap(address);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord unmapLarge(UnsignedWord address) {
        return memory.unmapLarge(address);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int largePageSize() {
        return Mappings.LARGE_PAGE;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord frameAt(UnsignedWord address) {
        return memory.frameAt(address);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void protect(UnsignedWord address, UnsignedWord bytes, int access) {
        memory.protect(address, bytes, access);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void seal() {
        Sandbox.enter(launcher.descriptor(), network.descriptor(), folders.descriptor(), disks);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long nanoTime() {
        return Timer.now();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long wallClockNanos() {
        return Timer.read(Linux.CLOCK_REALTIME);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long entryNanos() {
        return entryNanos;
    }

    /** Linux knows the time. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void hintWallClock(long epochNanos) {
        // nothing to set
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void setTimer(long deadline) {
        timer.set(deadline);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void cancelTimer() {
        timer.cancel();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long disableInterrupts() {
        return Interrupts.disable();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void restoreInterrupts(long before) {
        Interrupts.restore(before);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long interruptsEnabled() {
        return Interrupts.ENABLED;
    }

    /** Waits in {@code ppoll} for signals, descriptors and the deadline, and handles what comes on the stack of the caller. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void waitForInterrupt() {
        int noted = Interrupts.takePending() & ~Interrupts.ARM;
        Pointer poll = StackValue.get(POLLS);
        clear(poll);
        int count = streams.wanted(poll);
        int cables = network.wanted(poll.add(8 * count));
        if (noted == 0) {
            Pointer limit = Word.nullPointer();
            if (timer.deadline() != Timer.NEVER) {
                limit = StackValue.get(16);
                long nanos = timer.deadline() - Timer.now();
                nanos = nanos > 0 ? nanos : 0;
                limit.writeLong(0, nanos / 1_000_000_000L);
                limit.writeLong(8, nanos % 1_000_000_000L);
            }
            if (Linux.waitFor(poll, count + cables, limit) <= 0) {
                clear(poll); // a signal, or the deadline
                count = 0;
                cables = 0;
            }
            noted = Interrupts.takePending();
        }
        handle(noted, poll, count, cables);
        timer.tick(anyDescriptorWaits());
        if (timer.mustBeArmed()) {
            Interrupts.addPending(Interrupts.ARM); // for the thread that runs next
        }
    }

    /** Handles all that is noted, and sets the timer. */
    @Uninterruptible(reason = KERNEL_CODE)
    void interrupt() {
        for (int noted = Interrupts.takePending(); noted != 0; noted = Interrupts.takePending()) {
            if ((noted & ~Interrupts.ARM) != 0) {
                Pointer poll = StackValue.get(POLLS);
                clear(poll);
                int count = streams.wanted(poll);
                int cables = network.wanted(poll.add(8 * count));
                if (count + cables > 0) {
                    Pointer atOnce = StackValue.get(16);
                    atOnce.writeLong(0, 0);
                    atOnce.writeLong(8, 0);
                    if (Linux.call(Linux.PPOLL, poll, Word.signed(count + cables), atOnce, Word.zero()) <= 0) {
                        count = 0;
                        cables = 0;
                    }
                }
                handle(noted, poll, count, cables);
            }
            timer.tick(anyDescriptorWaits());
            timer.arm();
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void clear(Pointer poll) {
        for (int i = 0; i < POLLS; i += 8) {
            poll.writeLong(i, 0);
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private boolean anyDescriptorWaits() {
        return streams.inputWaits() || streams.outputWaits() || network.waits();
    }

    /** {@code poll} holds what was found: of the streams {@code count} descriptors, then of the network {@code cables}. */
    @Uninterruptible(reason = KERNEL_CODE)
    private void handle(int noted, Pointer poll, int count, int cables) {
        MachineEvents events = MachineEvents.get();
        if ((noted & Interrupts.bit(Linux.SIGALRM)) != 0) {
            timer.wentOff();
        }
        if (timer.takeExpired()) {
            events.timerExpired();
        }
        if (StandardStreams.foundInput(poll, count)) {
            events.consoleReadable();
        }
        if (streams.foundOutput(poll, count)) {
            events.consoleWritable();
        }
        if (network.found(poll.add(8 * count), cables)) {
            events.networkReady();
        }
        askedToEnd(noted, Linux.SIGTERM);
        askedToEnd(noted, Linux.SIGINT);
        askedToEnd(noted, Linux.SIGHUP);
        events.interruptEnds();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void askedToEnd(int noted, int signal) {
        if ((noted & Interrupts.bit(signal)) != 0) {
            MachineEvents.get().powerButton(128 + signal);
        }
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int contextSize() {
        return ProcessContext.VECTOR_STATE + vectorStateSize;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void prepareContext(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument) {
        ProcessContext.prepare(context, stackTop, function, argument, Linked.HEAP_BASE.get().readWord(0));
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void preempted(Pointer context, Pointer frame) {
        if (!ProcessContext.save(context, frame, vectorStateSize)) {
            Text.cannotStart("this CPU's vector state is larger than Linux said.");
        }
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public Pointer bootContext() {
        return Linked.BOOT_CONTEXT.get();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public Pointer currentContext() {
        return Linked.CURRENT.get().readWord(0);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void setCurrentContext(Pointer context) {
        Linked.CURRENT.get().writeWord(0, context);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void switchTo(Pointer context) {
        Interrupts.switchTo(context);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consolePut(int stream, int value) {
        streams.put(stream, value);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int consoleWrite(int stream, Pointer bytes, int length) {
        return streams.write(stream, bytes, length);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consoleAwait() {
        streams.awaitWritable();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int consoleGet() {
        return streams.get();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean consoleInputOnDemand() {
        return true;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consoleHoldInput(boolean hold) {
        streams.holdInput(hold);
        if (!hold) {
            Interrupts.addPending(Interrupts.ARM); // should others compute meanwhile
        }
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void debugPut(int value) {
        launcher.put(value);
    }

    /** A process has no devices: what it may use it reaches by system calls. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public DeviceBus devices() {
        return null;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public NetworkStream network() {
        return network.descriptor() < 0 ? null : network;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public DiskFiles disks() {
        return disks;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public FolderStream folders() {
        return folders.descriptor() < 0 ? null : folders;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean randomWord(Pointer out) {
        return Linux.call(Linux.GETRANDOM, out, Word.unsigned(8), Word.zero()) == 8;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void exit(int code) {
        Interrupts.disable();
        Linux.call(Linux.EXIT_GROUP, code);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void fault(Pointer frame) {
        fault.at(frame);
        if (fault.vector() == ProcessFault.PAGE_FAULT && MachineEvents.get().pageFault(fault.address(), fault.error())) {
            return;
        }
        MachineEvents.get().fault(fault);
    }
}
