package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.machine.DeviceBus;
import dev.ristretto.machine.DiskFiles;
import dev.ristretto.machine.FolderStream;
import dev.ristretto.machine.Machine;
import dev.ristretto.machine.MachineEvents;
import dev.ristretto.machine.NetworkStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/** A PC, or what a hypervisor leaves of one, entered by PVH: QEMU {@code pc}, {@code q35} and {@code microvm}, and relatives. */
public final class BareMachine implements Machine {
    private static final CGlobalData<CCharPointer> NO_COMMAND_LINE = CGlobalDataFactory.createCString("");
    /** Other addresses than those of memory itself begin at 16 TiB, which no memory reaches. */
    private static final long MAPPING_BEGIN = 1L << 44;
    private static final long MAPPING_END = 1L << 46;
    /** QEMU's {@code isa-debug-exit} and {@code isa-debugcon}, where the launcher puts them. */
    private static final int DEBUG_EXIT = 0xF4;
    private static final int DEBUG_CONSOLE = 0xE9;
    /** XSAVE area that the boot code reserves for each of its own contexts. */
    private static final int BOOT_VECTOR_STATE = 3072;
    private static final int PAGE_FAULT = 14;
    /** What a shell reports of a process that was asked to end (128 + SIGTERM). */
    private static final int POWER_BUTTON_CODE = 143;

    private final MemoryMap memory = new MemoryMap();
    private final PageTables tables = new PageTables();
    private final Acpi acpi = new Acpi();
    private final KvmClock kvmClock = new KvmClock();
    private final Clock clock = new Clock(kvmClock, acpi);
    private final SerialPort serial = new SerialPort();
    private final SerialInput input = new SerialInput(serial);
    private final BareFault fault = new BareFault();
    private final DeviceInterrupts deviceInterrupts = new DeviceInterrupts();
    private final BareDeviceBus devices = new BareDeviceBus(acpi, tables, memory, deviceInterrupts);
    private Pointer commandLine = Word.nullPointer();
    private int vectorStateSize;
    private int controlVector = -1;
    private int serialVector = -1;
    private boolean serialHasNoInterrupt;
    private boolean allMapped;
    private boolean rdseed;
    private boolean rdrand;
    private long wallClockAtEntry;

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static BareMachine get() {
        return ImageSingletons.lookup(BareMachine.class);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void start(Pointer startInfo) {
        Context.attachVectorState(Linked.BOOT_CONTEXT.get(), Linked.BOOT_VECTOR_STATE.get());
        Context.attachVectorState(Linked.FAULT_CONTEXT.get(), Linked.FAULT_VECTOR_STATE.get());
        Context.attachVectorState(Linked.ABORT_CONTEXT.get(), Linked.ABORT_VECTOR_STATE.get());
        setCurrentContext(Linked.BOOT_CONTEXT.get());
        DescriptorTables.load();
        serial.start();
        vectorStateSize = CpuId.read(0xD, 0, CpuId.EBX); // for the components that XCR0 has on (SDM vol. 1 §13.2)
        if (vectorStateSize > BOOT_VECTOR_STATE) {
            stopWith("ristretto: this CPU's vector state is larger than an image can save\n");
        }
        if (!StartInfo.isUsable(startInfo)) {
            stopWith("ristretto: not started by PVH with a memory map (start info version 1); use QEMU 4 or later with -kernel\n");
        }
        commandLine = StartInfo.commandLine(startInfo);
        memory.read(startInfo);
        acpi.read(StartInfo.rsdp(startInfo));
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void stopWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            serial.put(UninterruptibleUtils.String.charAt(text, i));
        }
        exit(134);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void startDevices() {
        allMapped = tables.mapAbove4GiB(memory.top());
        Cpu.out8(0x21, 0xFF); // mask the two 8259s: nothing of theirs is used
        Cpu.out8(0xA1, 0xFF);
        LocalApic.enable();
        clock.start(Linked.ENTRY_TSC.get().readLong(0));
        if (IoApic.present()) {
            serialVector = route(acpi.isaRoute(SerialPort.LINE));
            serial.startInterrupts();
            int line = acpi.controlLine();
            if (line >= 0) {
                controlVector = route(acpi.isaRoute(line));
                acpi.enablePowerButton();
            }
        } else {
            serialHasNoInterrupt = true;
        }
        rdseed = CpuId.has(7, CpuId.EBX, 18);
        rdrand = CpuId.has(1, CpuId.ECX, 30);
        readWallClock();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int route(int lineAndMode) {
        int line = lineAndMode & 0xFF;
        IoApic.route(line, lineAndMode & ~0xFF);
        return IoApic.VECTOR_BASE + line;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public CCharPointer commandLine() {
        return commandLine.isNonNull() ? (CCharPointer) commandLine : NO_COMMAND_LINE.get();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int memoryRanges() {
        return memory.count();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memoryRangeBegin(int index) {
        return memory.begin(index);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memoryRangeEnd(int index) {
        return memory.end(index);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean memoryRangeReady(int index) {
        return allMapped || memory.end(index).belowOrEqual(Word.unsigned(4L << 30));
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean memoryIsZeroed() {
        return false;
    }

    /** Nobody takes it: that needs a balloon device. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void giveBack(UnsignedWord begin, UnsignedWord bytes) {
        // stays here
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord memorySize() {
        return memory.total();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int pageSize() {
        return PageTables.PAGE;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord mappingBegin() {
        return Word.unsigned(MAPPING_BEGIN);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord mappingEnd() {
        return Word.unsigned(MAPPING_END);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access) {
        return tables.map(address, frame, bytes, access);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord unmap(UnsignedWord address) {
        return tables.unmap(address);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord unmapLarge(UnsignedWord address) {
        return tables.unmapLarge(address);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int largePageSize() {
        return 2 << 20;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord frameAt(UnsignedWord address) {
        return tables.frameAt(address);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void protect(UnsignedWord address, UnsignedWord bytes, int access) {
        tables.protect(address, bytes, access);
    }

    /** The interrupt descriptor table: a hostile store to it would be as good as one to code. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void seal() {
        tables.protect(Linked.IDT.get(), Word.unsigned(PageTables.PAGE), READ);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long entryNanos() {
        return clock.entryNanos();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void readWallClock() {
        if (kvmClock.wallNanos() != 0) {
            wallClockAtEntry = kvmClock.wallNanos() - clock.nanoTime();
        }
    }

    /** The launcher's word is good to some milliseconds where the PC's own clock tells whole seconds: it decides, unless it is off. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void hintWallClock(long epochNanos) {
        if (kvmClock.wallNanos() != 0) {
            return;
        }
        long rtc = RealTimeClock.epochSeconds() * 1_000_000_000L;
        long now = clock.nanoTime();
        long difference = epochNanos + now - rtc;
        boolean plausible = epochNanos != 0 && (rtc == 0 || difference > -2_000_000_000L && difference < 3_000_000_000L);
        wallClockAtEntry = plausible ? epochNanos : rtc + 500_000_000L - now;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long wallClockNanos() {
        return wallClockAtEntry + clock.nanoTime();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void setTimer(long deadline) {
        clock.setTimer(deadline);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void cancelTimer() {
        clock.cancelTimer();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long disableInterrupts() {
        return Cpu.disableInterrupts();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void restoreInterrupts(long before) {
        Cpu.restoreInterrupts(before);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long interruptsEnabled() {
        return 1 << 9 | 2; // RFLAGS.IF, and the bit that is always one (SDM vol. 1 §3.4.3)
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void waitForInterrupt() {
        Cpu.waitForInterrupt();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int contextSize() {
        return Context.HEADER + (vectorStateSize + 63 & -64);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void prepareContext(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument) {
        for (int i = 0; i < contextSize(); i += 8) {
            context.writeLong(i, 0);
        }
        Context.prepare(context, stackTop, function, argument, Linked.HEAP_BASE.get().readWord(0));
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
        Cpu.switchTo(context);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consolePut(int stream, int value) {
        serial.put(value);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int consoleWrite(int stream, Pointer bytes, int length) {
        for (int done = 0; done < length; done++) {
            if (serialHasNoInterrupt) {
                serial.put(bytes.readByte(done));
            } else if (!serial.tryPut(bytes.readByte(done))) {
                return done;
            }
        }
        return length;
    }

    /** The line itself is asked again and again. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void consoleAwait() {
        // nothing to wait for
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int consoleGet() {
        return input.get();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public boolean consoleInputOnDemand() {
        return false;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void consoleHoldInput(boolean hold) {
        serial.holdInput(hold);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void debugPut(int value) {
        Cpu.out8(DEBUG_CONSOLE, value);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public DeviceBus devices() {
        return devices;
    }

    /** Network cards are on the bus. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public NetworkStream network() {
        return null;
    }

    /** Disks are on the bus too. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public DiskFiles disks() {
        return null;
    }

    /** And so are folders. */
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public FolderStream folders() {
        return null;
    }

    /** RDSEED if the CPU has it, else RDRAND. Both may fail for a while; ten tries, as the manual advises (SDM vol. 1 §7.3.17). */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean randomWord(Pointer out) {
        for (int i = 0; i < 10; i++) {
            if (rdseed && Cpu.rdseed(out) != 0 || rdrand && Cpu.rdrand(out) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void exit(int code) {
        Cpu.disableInterrupts();
        serial.drain();
        Cpu.out8(DEBUG_EXIT, code < 127 ? code : 127);
        acpi.powerOff();
        Cpu.out8(0x64, 0xFE); // pulse the reset line through the keyboard controller; Firecracker ends on it
        Cpu.out8(0xCF9, 0x06); // the chip set's reset register
        Cpu.stop();
    }

    /** Vectors from 32. */
    @Uninterruptible(reason = KERNEL_CODE)
    void interrupt(Pointer context) {
        int vector = (int) context.readLong(Context.VECTOR);
        MachineEvents events = MachineEvents.get();
        if (vector == LocalApic.SPURIOUS_VECTOR) {
            return; // not acknowledged (SDM vol. 3 §13.9)
        }
        if (vector == LocalApic.TIMER_VECTOR) {
            LocalApic.endOfInterrupt();
            events.timerExpired();
        } else if (vector == serialVector) {
            serial.acknowledge();
            LocalApic.endOfInterrupt();
            if (serial.readable()) {
                events.consoleReadable();
            }
            if (serial.writable()) {
                events.consoleWritable();
            }
        } else if (vector == controlVector) {
            boolean pressed = acpi.powerButtonPressed();
            LocalApic.endOfInterrupt();
            if (pressed) {
                events.powerButton(POWER_BUTTON_CODE);
            }
        } else if (deviceInterrupts.isClaimed(vector)) {
            int interrupt = deviceInterrupts.raised(vector);
            LocalApic.endOfInterrupt();
            events.deviceInterrupt(interrupt);
        } else {
            events.fault(fault.at(context));
        }
        events.interruptEnds();
    }

    /** Exceptions. */
    @Uninterruptible(reason = KERNEL_CODE)
    void fault(Pointer context) {
        fault.at(context);
        if (fault.vector() == PAGE_FAULT && MachineEvents.get().pageFault(fault.address(), fault.error())) {
            return;
        }
        MachineEvents.get().fault(fault);
    }
}
