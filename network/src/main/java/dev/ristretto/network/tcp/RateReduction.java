package dev.ristretto.network.tcp;

/**
 * Proportional rate reduction (RFC 6937): while losses are repaired, how much may be sent for each acknowledgement, so that the window has
 * sunk to what congestion control asks for when recovery ends, without a pause and without a burst.
 */
final class RateReduction {
    private long delivered;
    private long sent;
    private int flightAtStart;
    private int target;
    private int allowance;

    /** @param flight bytes in flight when recovery begins @param target the slow-start threshold */
    void begin(int flight, int target) {
        delivered = 0;
        sent = 0;
        flightAtStart = Math.max(flight, 1);
        this.target = target;
        allowance = 0;
    }

    /**
     * @param newlyDelivered bytes that this acknowledgement reports, selectively or not
     * @param flight bytes in flight now
     * @param isGoodProgress whether it moved on without reporting another loss
     */
    void acknowledged(int newlyDelivered, int flight, int segmentSize, boolean isGoodProgress) {
        delivered += newlyDelivered;
        long count;
        if (flight > target) {
            count = (delivered * target + flightAtStart - 1) / flightAtStart - sent;
        } else {
            // "Slow start reduction bound" when all goes well, else "conservative reduction bound".
            long limit = Math.max(delivered - sent, newlyDelivered);
            if (isGoodProgress) {
                limit += segmentSize;
            }
            count = Math.min(target - flight, limit);
        }
        // The retransmission that recovery begins with is sent in any case.
        if (sent == 0) {
            count = Math.max(count, segmentSize);
        }
        allowance = Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    void sent(int bytes) {
        sent += bytes;
        allowance = Math.max(allowance - bytes, 0);
    }

    /** Bytes that may be sent now. */
    int allowance() {
        return allowance;
    }
}
