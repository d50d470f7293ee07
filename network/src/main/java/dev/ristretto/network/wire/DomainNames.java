package dev.ristretto.network.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Lists of domain names in DNS encoding (RFC 1035 §4.1.4), as DHCP (RFC 3397) and router advertisements (RFC 8106) have them. */
public final class DomainNames {
    private static final int MOST = 16;

    private DomainNames() {
    }

    /** Returns the names from {@code start} to {@code end}, those before the first malformed one; compression points into the same range. */
    public static List<String> read(ByteBuffer b, int start, int end) {
        List<String> names = new ArrayList<>();
        int at = start;
        while (at < end && b.get(at) != 0 && names.size() < MOST) {
            StringBuilder name = new StringBuilder();
            int position = at;
            int next = -1;
            for (int labels = 0;; labels++) {
                if (position >= end || labels > 64) {
                    return names;
                }
                int length = b.get(position) & 0xff;
                if (length == 0) {
                    next = next < 0 ? position + 1 : next;
                    break;
                }
                if (length >= 0xc0) {
                    if (position + 1 >= end) {
                        return names;
                    }
                    next = next < 0 ? position + 2 : next;
                    position = start + ((length & 0x3f) << 8 | b.get(position + 1) & 0xff);
                    continue;
                }
                if (length > 63 || position + 1 + length > end || name.length() + length > 253) {
                    return names;
                }
                String label = text(b, position + 1, length);
                if (label == null) {
                    return names;
                }
                name.append(name.length() == 0 ? "" : ".").append(label);
                position += 1 + length;
            }
            names.add(name.toString());
            at = next;
        }
        return names;
    }

    /** Returns the characters of a name if it consists of letters, digits, hyphens, underscores and dots; else null: it may end up in a log or a shell. */
    public static String text(ByteBuffer b, int start, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = start; i < start + length; i++) {
            char c = (char) (b.get(i) & 0xff);
            // Some servers end strings with a zero byte.
            if (c == 0 && i == start + length - 1) {
                break;
            }
            boolean ok = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
            if (!ok) {
                return null;
            }
            text.append(c);
        }
        return text.length() == 0 ? null : text.toString();
    }
}
