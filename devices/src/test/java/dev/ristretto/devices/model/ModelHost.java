package dev.ristretto.devices.model;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.host.Interrupt;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.memory.Registers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.internal.misc.Unsafe;

/**
 * A host whose memory a device sees at other addresses than the processor does, with a forbidden page around each block: an access of the
 * device that is not wholly inside one block fails the test. Memory is never given back to Java.
 */
public final class ModelHost implements DeviceHost {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long BUS = 0x7_0000_0000L;

    /** Interrupts by what a device writes to raise them. */
    public final Map<Integer, ModelInterrupt> interrupts = new HashMap<>();
    public final Map<Integer, ModelInterrupt> lines = new HashMap<>();
    /** Registers by address. */
    public final Map<Long, Registers> registers = new HashMap<>();
    public final List<Runnable> threads = new ArrayList<>();
    private final List<DmaMemory> blocks = new ArrayList<>();
    private final Map<DmaMemory, Long> busAddresses = new HashMap<>();
    private long nextBus = BUS;
    public long memoryLeft = Long.MAX_VALUE;
    public int interruptsLeft = 16;
    public long now = 1_000;
    /** Threads are started and wait, on the real clock; otherwise the test is the only one. */
    public boolean isThreaded;

    @Override
    public DmaMemory allocate(int bytes) {
        if (bytes > memoryLeft) {
            return null;
        }
        int size = (bytes + 4095) / 4096 * 4096;
        memoryLeft -= size;
        long raw = U.allocateMemory(size + 4096L);
        long address = raw + 4095 & -4096L;
        U.setMemory(address, size, (byte) 0);
        DmaMemory memory = new DmaMemory(address, nextBus, size);
        busAddresses.put(memory, nextBus);
        nextBus += size + 4096L;
        blocks.add(memory);
        return memory;
    }

    @Override
    public void free(DmaMemory memory) {
        blocks.remove(memory);
    }

    /** The block that the device means; it is the driver's mistake if there is none. */
    public DmaMemory block(long busAddress, int length) {
        for (DmaMemory block : blocks) {
            long offset = busAddress - busAddresses.get(block);
            if (offset >= 0 && offset + length <= block.size()) {
                return block;
            }
        }
        throw new AssertionError("the device was given " + length + " bytes at 0x" + Long.toHexString(busAddress) + ", which is no memory");
    }

    public int offset(DmaMemory block, long busAddress) {
        return Math.toIntExact(busAddress - busAddresses.get(block));
    }

    public byte[] read(long busAddress, int length) {
        byte[] bytes = new byte[length];
        if (length > 0) {
            DmaMemory block = block(busAddress, length);
            block.get(offset(block, busAddress), bytes, 0, length);
        }
        return bytes;
    }

    public void write(long busAddress, byte[] bytes, int from, int length) {
        if (length > 0) {
            DmaMemory block = block(busAddress, length);
            block.put(offset(block, busAddress), bytes, from, length);
        }
    }

    public int get16(long busAddress) {
        DmaMemory block = block(busAddress, 2);
        return block.get16(offset(block, busAddress));
    }

    public int get32(long busAddress) {
        DmaMemory block = block(busAddress, 4);
        return block.get32(offset(block, busAddress));
    }

    public long get64(long busAddress) {
        DmaMemory block = block(busAddress, 8);
        return block.get64(offset(block, busAddress));
    }

    public void put16(long busAddress, int value) {
        DmaMemory block = block(busAddress, 2);
        block.put16(offset(block, busAddress), value);
    }

    public void put32(long busAddress, int value) {
        DmaMemory block = block(busAddress, 4);
        block.put32(offset(block, busAddress), value);
    }

    @Override
    public Registers registers(long busAddress, long bytes) {
        Registers found = registers.get(busAddress);
        return found != null && found.size() >= bytes ? found : null;
    }

    @Override
    public ModelInterrupt claimInterrupt() {
        return claim(null);
    }

    ModelInterrupt claim(ModelInterrupt wakes) {
        if (interruptsLeft == 0) {
            return null;
        }
        interruptsLeft--;
        ModelInterrupt interrupt = new ModelInterrupt(this, 0x40 + interrupts.size(), wakes);
        interrupts.put(interrupt.messageData(), interrupt);
        return interrupt;
    }

    /** A device writes its message. */
    public void message(long address, int data) {
        if (address != ModelInterrupt.ADDRESS || !interrupts.containsKey(data)) {
            throw new AssertionError("a message to 0x" + Long.toHexString(address) + ": " + data);
        }
        interrupts.get(data).raise();
    }

    /** A device asserts its line. */
    public void line(int line) {
        if (lines.containsKey(line)) {
            lines.get(line).raise();
        }
    }

    @Override
    public long nanoTime() {
        return isThreaded ? System.nanoTime() : (now += 50_000); // so that waiting in a loop ends
    }

    @Override
    public void startThread(String name, Runnable body) {
        if (isThreaded) {
            Thread.ofPlatform().daemon().name(name).start(body);
        } else {
            threads.add(body);
        }
    }

    /** An interrupt that never lets anybody wait: the time passes instead. */
    public static final class ModelInterrupt implements Interrupt {
        static final long ADDRESS = 0x1_FEE0_0000L;
        private final ModelHost host;
        private final int number;
        private final ModelInterrupt wakes;
        private boolean permit;
        private boolean raised;
        public int raisedCount;
        public int rearmedCount;
        public boolean level;
        /** What the device does while the driver waits; once. */
        public Runnable whileWaiting;

        ModelInterrupt(ModelHost host, int number, ModelInterrupt wakes) {
            this.host = host;
            this.number = number;
            this.wakes = wakes == null ? this : wakes;
        }

        @Override
        public void await(long deadline) {
            if (host.isThreaded) {
                wakes.awaitPermit(deadline);
                return;
            }
            if (!wakes.permit && whileWaiting != null) {
                Runnable what = whileWaiting;
                whileWaiting = null;
                what.run();
            }
            if (!wakes.permit) {
                host.now = Math.max(host.now, deadline);
            }
            wakes.permit = false;
        }

        private synchronized void awaitPermit(long deadline) {
            try {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (!permit && millis > 0) {
                    wait(millis);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            permit = false;
        }

        private synchronized void givePermit() {
            permit = true;
            notifyAll();
        }

        @Override
        public void raise() {
            raised = true;
            raisedCount++;
            wakes.givePermit();
        }

        @Override
        public Interrupt claimSibling() {
            return host.claim(wakes);
        }

        @Override
        public boolean takeRaised() {
            boolean was = raised;
            raised = false;
            return was;
        }

        @Override
        public long messageAddress() {
            return ADDRESS;
        }

        @Override
        public int messageData() {
            return number;
        }

        @Override
        public boolean connectLine(int line, boolean isLevel) {
            host.lines.put(line, this);
            level = isLevel;
            return true;
        }

        @Override
        public boolean connectIsaLine(int line, boolean isLevel) {
            return connectLine(line, isLevel);
        }

        @Override
        public void rearm() {
            rearmedCount++;
        }
    }
}
