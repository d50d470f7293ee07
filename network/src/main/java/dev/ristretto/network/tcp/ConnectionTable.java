package dev.ristretto.network.tcp;

import java.util.function.Consumer;

/** All endpoints by their four numbers: a hash table with chains, whose hash has a secret in it, so that nobody can aim at one bucket. */
final class ConnectionTable {
    private final long secret;
    private Endpoint[] buckets = new Endpoint[64];
    private int count;
    private int mostCount;

    ConnectionTable(long secret) {
        this.secret = secret | 1;
    }

    int count() {
        return count;
    }

    int mostCount() {
        return mostCount;
    }

    private int bucket(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports) {
        long h = (remoteLow ^ secret) * 0x9e3779b97f4a7c15L;
        h = (h ^ h >>> 32 ^ remoteHigh ^ ports) * secret;
        h = (h ^ h >>> 29 ^ localLow ^ Long.rotateLeft(localHigh, 32)) * 0xbf58476d1ce4e5b9L;
        return (int) (h >>> 33) & buckets.length - 1;
    }

    private int bucket(Endpoint e) {
        return bucket(e.localHigh, e.localLow, e.remoteHigh, e.remoteLow, e.ports());
    }

    /** The endpoint with these numbers, or null. @param ports the local one in the upper half */
    Endpoint find(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports) {
        Endpoint e = buckets[bucket(localHigh, localLow, remoteHigh, remoteLow, ports)];
        while (e != null && !e.is(localHigh, localLow, remoteHigh, remoteLow, ports)) {
            e = e.nextInBucket;
        }
        return e;
    }

    void add(Endpoint endpoint) {
        if (count >= buckets.length) {
            resize(buckets.length * 2);
        }
        insert(endpoint);
        endpoint.inTable = true;
        count++;
        mostCount = Math.max(mostCount, count);
    }

    private void insert(Endpoint endpoint) {
        int bucket = bucket(endpoint);
        endpoint.nextInBucket = buckets[bucket];
        buckets[bucket] = endpoint;
    }

    private void resize(int length) {
        Endpoint[] old = buckets;
        buckets = new Endpoint[length];
        for (Endpoint e : old) {
            while (e != null) {
                Endpoint next = e.nextInBucket;
                insert(e);
                e = next;
            }
        }
    }

    /** Takes an endpoint out, if it is in. */
    void remove(Endpoint endpoint) {
        if (!endpoint.inTable) {
            return;
        }
        int bucket = bucket(endpoint);
        Endpoint e = buckets[bucket];
        if (e == endpoint) {
            buckets[bucket] = endpoint.nextInBucket;
        } else {
            while (e.nextInBucket != endpoint) {
                e = e.nextInBucket;
            }
            e.nextInBucket = endpoint.nextInBucket;
        }
        endpoint.nextInBucket = null;
        endpoint.inTable = false;
        count--;
    }

    /** Calls for each endpoint; it may take out the one it is called with. */
    void forEach(Consumer<Endpoint> action) {
        for (int i = 0; i < buckets.length; i++) {
            for (Endpoint e = buckets[i]; e != null;) {
                Endpoint next = e.nextInBucket;
                action.accept(e);
                e = next;
            }
        }
    }
}
