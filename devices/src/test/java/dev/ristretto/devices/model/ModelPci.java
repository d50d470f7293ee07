package dev.ristretto.devices.model;

import dev.ristretto.devices.memory.Registers;
import dev.ristretto.devices.pci.ConfigSpace;
import java.util.HashMap;
import java.util.Map;

/** A PCI bus with virtio functions; each has its registers at base address 4, 64 bits wide, and its interrupts at base address 1. */
public final class ModelPci implements ConfigSpace {
    static final int COMMON = 0;
    static final int STATUS = 0x1000;
    static final int CONFIGURATION = 0x2000;
    static final int NOTIFY = 0x3000;
    private static final int SIZE = 0x4000;

    private final ModelHost host;
    public final Map<Integer, Function> functions = new HashMap<>();

    public ModelPci(ModelHost host) {
        this.host = host;
    }

    @Override
    public int read(int function, int offset) {
        Function found = functions.get(function);
        return found == null ? -1 : found.read(offset);
    }

    @Override
    public void write(int function, int offset, int value) {
        Function found = functions.get(function);
        if (found != null) {
            found.write(offset, value);
        }
    }

    /** Puts a device at a place; {@code vectors} is the size of its MSI-X table, 0 for none. */
    public Function plug(int place, VirtioModel model, int vectors) {
        Function function = new Function(model, vectors);
        functions.put(place, function);
        return function;
    }

    /** One function. */
    public final class Function implements Registers {
        public final int[] space = new int[64];
        private final VirtioModel model;
        private final int[] table;
        private int deviceSelect;
        private int driverSelect;
        private int queueSelect;
        private int configurationVector = 0xFFFF;
        private final int[] queueVectors;
        private int interruptStatus;

        Function(VirtioModel model, int vectors) {
            this.model = model;
            table = new int[4 * vectors];
            queueVectors = new int[model.queues.length];
            space[0] = 0x1040 + model.type << 16 | 0x1AF4;
            space[1] = 0x0010_0000; // has capabilities
            space[5] = 0; // base address 1
            space[8] = 0xC; // base address 4: 64 bits, prefetchable
            space[13] = 0x40;
            space[15] = 0x01_0B; // pin A, line 11
            capability(0x40, 0x54, 1, COMMON, 56);
            capability(0x54, 0x68, 3, STATUS, 1);
            capability(0x68, 0x7C, 4, CONFIGURATION, Math.max(4, model.configuration.length));
            capability(0x7C, vectors > 0 ? 0x90 : 0, 2, NOTIFY, 0x100);
            space[0x7C / 4 + 4] = 4; // notify multiplier
            if (vectors > 0) {
                space[0x90 / 4] = 0x11 | vectors - 1 << 16;
                space[0x90 / 4 + 1] = 1; // table at base address 1, offset 0
            }
            model.raiseQueue = () -> raise(1);
            model.raiseConfiguration = () -> raise(2);
        }

        private void capability(int at, int next, int kind, int offset, int length) {
            space[at / 4] = 0x09 | next << 8 | 20 << 16 | kind << 24;
            space[at / 4 + 1] = 4; // base address 4
            space[at / 4 + 2] = offset;
            space[at / 4 + 3] = length;
        }

        private void raise(int bits) {
            if (table.length > 0 && (space[0x90 / 4] & 1 << 31) != 0) {
                int vector = bits == 2 ? configurationVector : queueVectors[0];
                if (vector != 0xFFFF && (table[4 * vector + 3] & 1) == 0) {
                    host.message(table[4 * vector] & 0xFFFF_FFFFL | (long) table[4 * vector + 1] << 32, table[4 * vector + 2]);
                }
                return;
            }
            interruptStatus |= bits;
            if ((space[1] & 1 << 10) == 0) {
                host.line(space[15] & 0xFF);
            }
        }

        int read(int offset) {
            return space[offset / 4];
        }

        void write(int offset, int value) {
            switch (offset) {
                case 4 -> space[1] = space[1] & 0xFFFF_0000 | value & 0xFFFF;
                case 0x14 -> set(5, value & -0x1000);
                case 0x20 -> set(8, value & -SIZE | 0xC);
                case 0x24 -> set(9, value);
                case 0x90 -> space[0x90 / 4] = value & 0xC000_0000 | space[0x90 / 4] & 0x3FFF_FFFF;
                default -> {
                    if (offset >= 0x10 && offset < 0x28) {
                        return; // base addresses that are not there
                    }
                    throw new AssertionError("write of configuration 0x" + Integer.toHexString(offset));
                }
            }
        }

        private void set(int word, int value) {
            space[word] = value;
            host.registers.put(space[8] & 0xFFFF_FFF0L | (long) space[9] << 32, this);
            if (word == 5) {
                host.registers.put(value & 0xFFFF_FFFFL, new Table());
            }
        }

        /** Gives it addresses, as firmware does. */
        public Function place(long registers, long interrupts) {
            set(5, (int) interrupts);
            set(9, (int) (registers >>> 32));
            set(8, (int) registers | 0xC);
            return this;
        }

        private boolean answers() {
            return (space[1] & 2) != 0;
        }

        private ModelQueue queue() {
            return model.queues[queueSelect];
        }

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public int get8(long offset) {
            if (!answers()) {
                return 0xFF;
            }
            if (offset >= CONFIGURATION && offset < NOTIFY) {
                return model.configuration((int) offset - CONFIGURATION, 1);
            }
            if (offset == STATUS) {
                int was = interruptStatus;
                interruptStatus = 0;
                return was;
            }
            return offset == 20 ? model.status : offset == 21 ? model.generation() : unknown(offset);
        }

        @Override
        public int get16(long offset) {
            if (offset >= CONFIGURATION && offset < NOTIFY) {
                return model.configuration((int) offset - CONFIGURATION, 2);
            }
            return switch ((int) offset) {
                case 16 -> configurationVector;
                case 18 -> model.queues.length;
                case 24 -> queue().size == 0 ? model.maxQueueSize : queue().size;
                case 26 -> queueVectors[queueSelect];
                case 28 -> queue().ready ? 1 : 0;
                case 30 -> queueSelect;
                default -> unknown(offset);
            };
        }

        @Override
        public int get32(long offset) {
            if (offset >= CONFIGURATION && offset < NOTIFY) {
                return model.configuration((int) offset - CONFIGURATION, 4);
            }
            return offset == 4 ? (int) (model.offered >>> 32 * deviceSelect) : unknown(offset);
        }

        private int unknown(long offset) {
            throw new AssertionError("access to register 0x" + Long.toHexString(offset));
        }

        @Override
        public void put8(long offset, int value) {
            if (offset != 20) {
                unknown(offset);
            }
            model.status(value);
        }

        @Override
        public void put16(long offset, int value) {
            if (offset >= NOTIFY) {
                if ((space[1] & 4) == 0) {
                    throw new AssertionError("notified while it may not reach memory");
                }
                if (offset != NOTIFY + 4 * value) {
                    unknown(offset);
                }
                model.notify(value);
                return;
            }
            switch ((int) offset) {
                case 16 -> configurationVector = value < table.length / 4 ? value : 0xFFFF;
                case 22 -> queueSelect = value;
                case 24 -> queue().size = value;
                case 26 -> queueVectors[queueSelect] = value < table.length / 4 ? value : 0xFFFF;
                case 28 -> queue().ready = value == 1;
                default -> unknown(offset);
            }
        }

        @Override
        public void put32(long offset, int value) {
            switch ((int) offset) {
                case 0 -> deviceSelect = value;
                case 8 -> driverSelect = value;
                case 12 -> model.accepted |= (value & 0xFFFF_FFFFL) << 32 * driverSelect;
                case 32 -> queue().descriptors = ModelMmio.low(queue().descriptors, value);
                case 36 -> queue().descriptors = ModelMmio.high(queue().descriptors, value);
                case 40 -> queue().driverArea = ModelMmio.low(queue().driverArea, value);
                case 44 -> queue().driverArea = ModelMmio.high(queue().driverArea, value);
                case 48 -> queue().deviceArea = ModelMmio.low(queue().deviceArea, value);
                case 52 -> queue().deviceArea = ModelMmio.high(queue().deviceArea, value);
                default -> unknown(offset);
            }
        }

        /** The MSI-X table. */
        private final class Table implements Registers {
            @Override
            public long size() {
                return 0x1000;
            }

            @Override
            public int get8(long offset) {
                return unknown(offset);
            }

            @Override
            public int get16(long offset) {
                return unknown(offset);
            }

            @Override
            public int get32(long offset) {
                return table[(int) offset / 4];
            }

            @Override
            public void put8(long offset, int value) {
                unknown(offset);
            }

            @Override
            public void put16(long offset, int value) {
                unknown(offset);
            }

            @Override
            public void put32(long offset, int value) {
                table[(int) offset / 4] = value;
            }
        }
    }
}
