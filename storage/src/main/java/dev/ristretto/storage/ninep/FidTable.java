package dev.ristretto.storage.ninep;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Which numbers the server knows. For whoever holds the session's lock. */
final class FidTable {
    /** So many are to be forgotten by themselves before the collector is asked to look: a large heap may be quiet for long. */
    private static final int MANY = 50_000;

    private static final class Reference extends PhantomReference<Fid> {
        private final int number;

        private Reference(Fid fid, ReferenceQueue<Fid> queue) {
            super(fid, queue);
            number = fid.number();
        }
    }

    private final ReferenceQueue<Fid> unreachable = new ReferenceQueue<>();
    private final Map<Integer, Reference> known = new HashMap<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private int next;
    private int askAt = MANY;

    /** A number that is not in use; {@link #add} or {@link #giveBack} follows. */
    int take() {
        Integer number = free.poll();
        return number != null ? number : next++;
    }

    /** The number is not known to the server, or no longer. */
    void giveBack(int number) {
        free.push(number);
    }

    /** The server knows the number from now on. */
    Fid add(int number) {
        Fid fid = new Fid(number);
        known.put(number, new Reference(fid, unreachable));
        if (known.size() >= askAt) {
            System.gc();
            askAt = known.size() + MANY;
        } else if (known.size() < MANY) {
            askAt = MANY;
        }
        return fid;
    }

    /** The caller tells the server to forget this. */
    void remove(Fid fid) {
        known.remove(fid.number()).clear();
    }

    /** A number that nobody uses any more and that the server is to forget, or -1. */
    int pollUnreachable() {
        Reference reference = (Reference) unreachable.poll();
        if (reference == null) {
            return -1;
        }
        known.remove(reference.number);
        return reference.number;
    }
}
