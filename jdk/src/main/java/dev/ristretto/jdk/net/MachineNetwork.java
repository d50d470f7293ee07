package dev.ristretto.jdk.net;

import dev.ristretto.devices.bus.DevicePacketMemory;
import dev.ristretto.devices.bus.MachineDevices;
import dev.ristretto.devices.network.NetworkCard;
import dev.ristretto.devices.network.NetworkCards;
import dev.ristretto.jdk.lang.SystemMessages;
import dev.ristretto.kernel.boot.BootArguments;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.Network;
import dev.ristretto.network.RandomSource;
import dev.ristretto.network.config.ConfigurationWords;
import dev.ristretto.network.config.NetworkSettings;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.PacketMemory;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.stack.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The network of the running program: the stack, its cards, and the one thread that drives it. Made when first asked for. */
final class MachineNetwork {
    /** How long a program that wants to send waits for its address. Servers on real networks take about a second to answer. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final long LEAST_MEMORY = 1 << 20;
    private static final long MOST_MEMORY = 64 << 20;
    /** A frame of the usual size and what a card puts before it. */
    private static final int RECEIVED_BYTES = 2048;
    private static final int STACK_BYTES = 256 * 1024;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile MachineNetwork machine;

    private final Network network;
    /** Where cards put what they receive. */
    private final List<PacketPool> cardPools = new ArrayList<>();
    private final RandomSource random = new MachineRandom();
    private final int cards;
    private final long started = System.nanoTime();
    private final ReentrantLock configurationLock = new ReentrantLock();
    private final Condition configured = configurationLock.newCondition();
    private volatile boolean isConfigured;
    private volatile Thread thread;
    /** A deadline came up that is earlier than the one the thread waits for. */
    private volatile boolean woken;

    private MachineNetwork() {
        EntropyDevice.attach();
        Budget budget = Budget.forMemory(memory());
        PacketMemory packets = new DevicePacketMemory();
        network = new Network(System::nanoTime, random, budget, packets, SystemMessages::say, deadline -> wakeUp());
        cards = NetworkCards.arePossible() ? addCards(packets, budget) : 0;
        isConfigured = cards == 0;
    }

    private int addCards(PacketMemory packets, Budget budget) {
        PacketPool received = cardPool(packets, budget.smallPackets(), RECEIVED_BYTES);
        Supplier<PacketPool> large = () -> cardPool(packets, budget.bigPackets(), NetworkCard.LARGE_FRAME);
        List<NetworkDevice> found = new ArrayList<>(NetworkCards.open(received, large, SystemMessages::say));
        if (!MachineDevices.arePresent()) {
            found.add(NetworkCards.openCable(received, large.get(), SystemMessages::say));
        }
        NetworkSettings settings = ConfigurationWords.parse(BootArguments.systemWords(), SystemMessages::say);
        for (int i = 0; i < found.size(); i++) {
            network.add(found.get(i), settings.forCard(found.get(i).name(), i));
        }
        return found.size();
    }

    private PacketPool cardPool(PacketMemory packets, int count, int bytes) {
        PacketPool pool = new PacketPool(packets, count, bytes);
        cardPools.add(pool);
        return pool;
    }

    /** Returns how many packets of the cards are in use. */
    static int cardPackets() {
        return machine().cardPools.stream().mapToInt(PacketPool::inUse).sum();
    }

    /** What the network may take in the worst case, in bytes. */
    private static long memory() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 4, LEAST_MEMORY, MOST_MEMORY);
    }

    private static MachineNetwork machine() {
        MachineNetwork made = machine;
        if (made != null) {
            return made;
        }
        LOCK.lock();
        try {
            if (machine == null) {
                MachineNetwork starting = new MachineNetwork();
                starting.start();
                machine = starting;
            }
            return machine;
        } finally {
            LOCK.unlock();
        }
    }

    /** Brings the network up before the program asks for it, if the command line says something about it. */
    static void startIfConfigured() {
        for (String word : BootArguments.systemWords()) {
            if (ConfigurationWords.isForNetwork(word)) {
                machine();
                return;
            }
        }
    }

    /** Returns the stack's source of randomness. */
    static RandomSource random() {
        return machine().random;
    }

    /** Returns the stack. */
    static Network get() {
        return machine().network;
    }

    private void start() {
        Thread driver = new Thread(null, this::run, "network", STACK_BYTES);
        driver.setDaemon(true);
        thread = driver;
        driver.start();
    }

    private void run() {
        while (true) {
            woken = false;
            long next = network.advance(System.nanoTime());
            if (!isConfigured && network.isConfigured()) {
                tellConfigured();
            }
            long left = next - System.nanoTime();
            if (left > 0 && !woken) {
                LockSupport.parkNanos(this, left);
            }
        }
    }

    private void wakeUp() {
        woken = true;
        LockSupport.unpark(thread);
    }

    private void tellConfigured() {
        configurationLock.lock();
        try {
            isConfigured = true;
            configured.signalAll();
        } finally {
            configurationLock.unlock();
        }
    }

    /**
     * Returns when every card has its addresses, or when the program has waited long enough for that. A program that starts faster than a
     * DHCP server answers would otherwise be told that there is no way to anywhere.
     */
    static void awaitConfiguration() {
        MachineNetwork made = machine();
        if (made.isConfigured) {
            return;
        }
        made.configurationLock.lock();
        try {
            long left = PATIENCE_NANOS - (System.nanoTime() - made.started);
            while (!made.isConfigured && left > 0) {
                left = made.configured.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            made.configurationLock.unlock();
        }
    }

    /** As {@link #awaitConfiguration}, if an address is not this machine's own. */
    static void awaitWayTo(IpAddress address) {
        if (!address.isLoopback() && !address.isAny()) {
            awaitConfiguration();
        }
    }

    /** Returns the name that this machine was given, or null; does not bring the network up. */
    static String hostName() {
        MachineNetwork made = machine;
        return made == null ? null : made.network.hostName();
    }

    /** Returns why nothing beyond this machine can be reached, or null if that is not known to be so. */
    static String whyIsolated() {
        MachineNetwork made = machine;
        return made != null && made.cards == 0 ? "no network card" : null;
    }
}
