package dev.ristretto.jdk.lang;

/** The time zone of a machine on which nobody has set one by {@code user.timezone}. */
final class SystemTimeZone {
    static final String UTC = "UTC";

    private SystemTimeZone() {
    }

    /**
     * The zone that the variable {@code TZ} names.
     *
     * @param tz its value, or null; a leading colon, which POSIX allows before the name of a zone, is ignored
     */
    static String id(String tz) {
        String name = tz == null ? "" : tz.strip();
        if (name.startsWith(":")) {
            name = name.substring(1);
        }
        return name.isEmpty() ? UTC : name;
    }
}
