package dev.ristretto.network.multicast;

import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;

/**
 * Which version one interface reports in, for one IP version: the oldest that a querier has spoken of late, because routers that speak an old
 * one do not understand the new (RFC 3376 §7.2.1, RFC 3810 §8.2.1). Under the stack's lock.
 */
final class Compatibility {
    private static final long SECOND = 1_000_000_000L;
    /** Robustness times the query interval, both their defaults (RFC 3376 §8.1 and §8.2, RFC 3810 §9.1 and §9.2): old queries do not say theirs. */
    private static final long QUERIES = 2 * 125 * SECOND;

    private final StackContext context;
    private final Runnable changed;
    /** Each set while a querier of that version is believed to be there. */
    private final Timer first = new Timer(this::ended);
    private final Timer second = new Timer(this::ended);

    /** @param changed called when the version becomes another: answers and repetitions that are not sent yet are void */
    Compatibility(StackContext context, Runnable changed) {
        this.context = context;
        this.changed = changed;
    }

    QuerierVersion version() {
        return first.isSet() ? QuerierVersion.FIRST : second.isSet() ? QuerierVersion.SECOND : QuerierVersion.THIRD;
    }

    /**
     * A query was heard.
     *
     * @param within nanoseconds that it gives for answers
     */
    void heard(QuerierVersion query, long within) {
        if (query == QuerierVersion.THIRD) {
            return; // the old querier, if there is one, need not have gone
        }
        QuerierVersion before = version();
        // The interval of "older version querier present" (RFC 3376 §8.12, RFC 3810 §9.12).
        context.timers().set(query == QuerierVersion.FIRST ? first : second, context.clock().nanos() + QUERIES + within);
        if (version() != before) {
            changed.run();
        }
    }

    /** One of the timers was up: the version is a newer one, unless the other still holds it back. */
    private void ended(long now) {
        if (!first.isSet()) {
            changed.run();
        }
    }

    /** The interface is gone. */
    void end() {
        context.timers().cancel(first);
        context.timers().cancel(second);
    }
}
