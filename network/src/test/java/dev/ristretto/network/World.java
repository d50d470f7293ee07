package dev.ristretto.network;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Some hosts on one cable, and a clock that goes as fast as they need. */
final class World {
    static final long SECOND = 1_000_000_000L;

    final Cable cable = new Cable();
    final SplittableRandom random;
    private final List<Host> hosts = new ArrayList<>();
    long now = 1000 * SECOND;

    World() {
        this(1);
    }

    World(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A stack with one card. */
    final class Host {
        final Cable.Card card;
        final Network network;
        final List<String> notices = new ArrayList<>();
        long deadline;

        Host(Cable.Card card, Budget budget) {
            this.card = card;
            network = new Network(() -> now, random::nextLong, budget, UsedMemory::allocate, notices::add, d -> deadline = Math.min(deadline, d));
        }

        long count(Counter counter) {
            return network.statistics().get(counter);
        }
    }

    Host host(String name, NetworkConfiguration configuration) {
        return host(cable.card(name, 1500, 0), configuration);
    }

    Host host(Cable.Card card, NetworkConfiguration configuration) {
        Host host = new Host(card, Budget.forMemory(8 << 20));
        host.network.add(card, configuration);
        hosts.add(host);
        return host;
    }

    static NetworkConfiguration fixed(String address) {
        int slash = address.indexOf('/');
        return NetworkConfiguration.fixed(
                List.of(new InterfaceAddress(IpAddress.parse(address.substring(0, slash)), Integer.parseInt(address.substring(slash + 1)))), List.of());
    }

    /** Lets everything happen that takes no time. */
    void settle() {
        boolean busy = true;
        for (int rounds = 0; busy; rounds++) {
            if (rounds > 10_000) {
                throw new AssertionError("no rest");
            }
            busy = cable.deliver();
            for (Host host : hosts) {
                if (host.deadline <= now) {
                    host.deadline = host.network.advance(now);
                    busy = true;
                }
            }
        }
    }

    /** Lets so much time pass, event by event. */
    void run(double seconds) {
        long end = now + (long) (seconds * SECOND);
        settle();
        for (;;) {
            long next = hosts.stream().mapToLong(h -> h.deadline).min().orElse(Long.MAX_VALUE);
            if (next > end) {
                break;
            }
            now = Math.max(now, next);
            settle();
        }
        now = end;
        settle();
    }
}
