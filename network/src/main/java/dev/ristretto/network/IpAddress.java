package dev.ristretto.network;

/**
 * An IPv4 or IPv6 address. Immutable.
 * <p>
 * Kept as the 128 bits of an IPv6 address. An IPv4 address is kept in its mapped form {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2), which
 * never is on the wire as such, so that sockets of both families compare and hash addresses in one way; {@code 0.0.0.0} and {@code ::}
 * are different addresses.
 */
public final class IpAddress {
    /** {@code 0.0.0.0}. */
    public static final IpAddress ANY_V4 = ofV4(0);
    /** {@code ::}; a socket bound to it takes IPv4 as well, unless its {@code V6_ONLY} option is set. */
    public static final IpAddress ANY_V6 = ofV6(0, 0);
    /** {@code 127.0.0.1}. */
    public static final IpAddress LOOPBACK_V4 = ofV4(0x7f000001);
    /** {@code ::1}. */
    public static final IpAddress LOOPBACK_V6 = ofV6(0, 1);
    /** {@code 255.255.255.255}. */
    public static final IpAddress BROADCAST = ofV4(0xffffffff);

    private static final long MAPPED = 0xffffL << 32;

    private final long high;
    private final long low;
    private final int scope;

    private IpAddress(long high, long low, int scope) {
        this.high = high;
        this.low = low;
        this.scope = scope;
    }

    /** Returns the IPv4 address with these bits; the first octet is in the highest ones. */
    public static IpAddress ofV4(int bits) {
        return new IpAddress(0, MAPPED | bits & 0xffffffffL, 0);
    }

    /** Returns the address with these bits, without a scope; IPv4 if they are those of a mapped address. */
    public static IpAddress ofV6(long high, long low) {
        return new IpAddress(high, low, 0);
    }

    /**
     * Returns the address with these bits.
     *
     * @param scope index of the interface that a link-local address is meant for, or 0 for none (RFC 4007). Dropped unless the address is
     *     link-local, unicast or multicast: other addresses mean the same everywhere
     */
    public static IpAddress ofV6(long high, long low, int scope) {
        return new IpAddress(high, low, isScoped(high) ? scope : 0);
    }

    /** Returns the address with these bytes, in network order; 4 or 16 of them. */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == 4) {
            return ofV4((bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
        }
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | bytes[i] & 0xff;
            low = low << 8 | bytes[i + 8] & 0xff;
        }
        return new IpAddress(high, low, 0);
    }

    /** Returns the address that a text such as {@code 10.0.0.2} or {@code fe80::1} names (RFC 4291 §2.2), or null if it names none. */
    public static IpAddress parse(String text) {
        return AddressText.parse(text);
    }

    private static boolean isScoped(long high) {
        // fe80::/10 and multicast of interface or link scope, ffx1 and ffx2.
        return high >>> 54 == 0x3fa || high >>> 56 == 0xff && (high >>> 48 & 0xf) <= 2;
    }

    /** Returns the first 64 bits; 0 for IPv4. */
    public long high() {
        return high;
    }

    /** Returns the last 64 bits; for IPv4 those of the mapped address. */
    public long low() {
        return low;
    }

    /** Returns the index of the interface that this link-local address belongs to; 0 for none. */
    public int scope() {
        return scope;
    }

    /** Returns whether these are the bits of an IPv4 address. */
    public static boolean isV4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    public boolean isV4() {
        return isV4(high, low);
    }

    public boolean isV6() {
        return !isV4();
    }

    /** Returns the 32 bits of an IPv4 address. */
    public int v4() {
        return (int) low;
    }

    /** Returns whether this is {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    public boolean isLoopback() {
        return isV4() ? v4() >>> 24 == 127 : high == 0 && low == 1;
    }

    public boolean isMulticast() {
        return isMulticast(high, low);
    }

    /** Returns whether these are the bits of a multicast address. */
    public static boolean isMulticast(long high, long low) {
        return isV4(high, low) ? (int) low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** Returns whether this is in {@code fe80::/10} or {@code 169.254.0.0/16}. */
    public boolean isLinkLocal() {
        return isV4() ? v4() >>> 16 == 0xa9fe : high >>> 54 == 0x3fa;
    }

    /** Returns the same address for another interface. */
    public IpAddress withScope(int newScope) {
        return newScope == scope ? this : ofV6(high, low, newScope);
    }

    /** Returns the bytes in network order: 4 for IPv4, else 16. */
    public byte[] bytes() {
        byte[] bytes = new byte[isV4() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) ((fromEnd < 8 ? low : high) >>> (fromEnd & 7) * 8);
        }
        return bytes;
    }

    /** Returns whether the first bits are those of a prefix; {@code length} is from 0 to 32 for IPv4, to 128 for IPv6. */
    public boolean isIn(IpAddress prefix, int length) {
        return isV4() == prefix.isV4() && commonBits(high, low, prefix.high, prefix.low) >= (isV4() ? length + 96 : length);
    }

    /** Returns how many of the first bits are the same, from 0 to 128. */
    public static int commonBits(long high1, long low1, long high2, long low2) {
        return high1 != high2 ? Long.numberOfLeadingZeros(high1 ^ high2) : 64 + Long.numberOfLeadingZeros(low1 ^ low2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && high == that.high && low == that.low && scope == that.scope;
    }

    /** Returns whether the bits are the same, whatever the scopes. */
    public boolean sameBits(IpAddress other) {
        return high == other.high && low == other.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low) * 31 + scope;
    }

    /** Returns the text of RFC 5952, with {@code %scope} at the end if there is one. */
    @Override
    public String toString() {
        return AddressText.format(this);
    }
}
