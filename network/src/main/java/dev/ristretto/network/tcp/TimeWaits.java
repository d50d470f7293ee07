package dev.ristretto.network.tcp;

import dev.ristretto.network.time.Timer;
import dev.ristretto.network.time.Timers;

/** All connections in TIME-WAIT, oldest first, with one timer for the oldest: each stays for the same time. */
final class TimeWaits implements Timer.Action {
    private final Tcp tcp;
    private final Timers timers;
    private final Timer timer = new Timer(this);
    private TimeWait oldest;
    private TimeWait newest;
    private int count;

    TimeWaits(Tcp tcp, Timers timers) {
        this.tcp = tcp;
        this.timers = timers;
    }

    int count() {
        return count;
    }

    void add(TimeWait entry) {
        tcp.remember(entry);
        link(entry);
    }

    private void link(TimeWait entry) {
        entry.older = newest;
        entry.newer = null;
        if (newest == null) {
            oldest = entry;
            timers.set(timer, entry.due);
        } else {
            newest.newer = entry;
        }
        newest = entry;
        count++;
    }

    private void unlink(TimeWait entry) {
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
        count--;
        if (oldest == null) {
            timers.cancel(timer);
        }
    }

    void remove(TimeWait entry) {
        unlink(entry);
        tcp.forget(entry);
    }

    /** The peer repeats its FIN: the time begins anew. */
    void restart(TimeWait entry, long now) {
        unlink(entry);
        entry.due = now + TimeWait.LIFE;
        link(entry);
    }

    /** Forgets the oldest to make room. @return whether there was one */
    boolean removeOldest() {
        if (oldest == null) {
            return false;
        }
        remove(oldest);
        return true;
    }

    @Override
    public void expired(long now) {
        while (oldest != null && oldest.due <= now) {
            remove(oldest);
        }
        if (oldest != null) {
            timers.set(timer, oldest.due);
        }
    }
}
