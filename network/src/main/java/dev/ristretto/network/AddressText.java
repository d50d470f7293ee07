package dev.ristretto.network;

/** Addresses as text: RFC 4291 §2.2 in, RFC 5952 out. */
final class AddressText {
    private AddressText() {
    }

    static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long bits = parseV4(text, 0, text.length());
            return bits < 0 ? null : IpAddress.ofV4((int) bits);
        }
        int percent = text.indexOf('%');
        int scope = 0;
        int end = text.length();
        if (percent >= 0) {
            scope = (int) decimal(text, percent + 1, end, Integer.MAX_VALUE);
            if (scope < 0) {
                return null;
            }
            end = percent;
        }
        return parseV6(text, end, scope);
    }

    private static IpAddress parseV6(String text, int end, int scope) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < end) {
            if (count == 8) {
                return null;
            }
            int colon = text.indexOf(':', at);
            int stop = colon < 0 || colon > end ? end : colon;
            if (stop == end && text.indexOf('.', at) >= 0) {
                long v4 = parseV4(text, at, end);
                if (v4 < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) v4 & 0xffff;
                at = end;
                break;
            }
            int value = hex(text, at, stop);
            if (value < 0) {
                return null;
            }
            groups[count++] = value;
            at = stop;
            if (at < end) {
                at++;
                if (at < end && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at++;
                } else if (at == end) {
                    return null;
                }
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            int fromEnd = 8 - (count - (gap < 0 ? 0 : gap));
            int group = gap < 0 || i < gap ? groups[i] : i < fromEnd ? 0 : groups[i - 8 + count];
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return IpAddress.ofV6(high, low, scope);
    }

    /** Returns 32 bits, or -1. Only the form with four decimal numbers is taken: octal and short forms mean different things to different programs. */
    private static long parseV4(String text, int start, int end) {
        long bits = 0;
        int at = start;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? text.indexOf('.', at) : end;
            if (dot < 0 || dot > end || dot - at > 1 && text.charAt(at) == '0') {
                return -1;
            }
            long octet = decimal(text, at, dot, 255);
            if (octet < 0) {
                return -1;
            }
            bits = bits << 8 | octet;
            at = dot + 1;
        }
        return bits;
    }

    private static long decimal(String text, int start, int end, long max) {
        long value = start < end ? 0 : -1;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
            if (value > max) {
                return -1;
            }
        }
        return value;
    }

    private static int hex(String text, int start, int end) {
        if (start >= end || end - start > 4) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String format(IpAddress address) {
        StringBuilder text = new StringBuilder(40);
        if (address.isV4()) {
            int bits = address.v4();
            return text.append(bits >>> 24).append('.').append(bits >>> 16 & 0xff).append('.').append(bits >>> 8 & 0xff).append('.')
                .append(bits & 0xff).toString();
        }
        // The longest run of zero groups is left out, the first of equals, and never a single one (RFC 5952 §4.2).
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(address, i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
            i += length;
        }
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(address, i)));
            }
        }
        if (address.scope() != 0) {
            text.append('%').append(address.scope());
        }
        return text.toString();
    }

    private static int group(IpAddress address, int index) {
        return (int) ((index < 4 ? address.high() : address.low()) >>> (3 - (index & 3)) * 16) & 0xffff;
    }
}
