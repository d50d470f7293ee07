package dev.ristretto.network.middleware;

/**
 * What a bad network does; chances are from 0 to 1, each for every frame and both ways.
 *
 * @param drop chance that a frame vanishes
 * @param duplicate chance that it comes twice
 * @param corrupt chance that one of its bits is turned
 * @param reorder chance that it waits for one to ten milliseconds, so that others overtake it
 * @param delayNanos how long every frame takes
 */
public record Faults(double drop, double duplicate, double corrupt, double reorder, long delayNanos) {
    /** Nothing. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);

    /**
     * Reads words such as {@code drop=0.01,delay=5ms}; the keys are those above, delays have {@code us}, {@code ms} or {@code s} at their end.
     *
     * @throws IllegalArgumentException with a message for people
     */
    public static Faults parse(String text) {
        double[] chances = new double[4];
        long delay = 0;
        String[] keys = {"drop", "duplicate", "corrupt", "reorder"};
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            int index = java.util.List.of(keys).indexOf(key);
            if (index >= 0) {
                chances[index] = chance(part, value);
            } else if (key.equals("delay")) {
                delay = nanos(part, value);
            } else {
                throw new IllegalArgumentException("'" + part + "' is no fault; drop, duplicate, corrupt, reorder and delay are, as in drop=0.01,delay=5ms");
            }
        }
        return new Faults(chances[0], chances[1], chances[2], chances[3], delay);
    }

    private static double chance(String part, String value) {
        double chance;
        try {
            chance = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            chance = -1;
        }
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("'" + part + "': a chance is a number from 0 to 1, such as 0.01");
        }
        return chance;
    }

    private static long nanos(String part, String value) {
        long unit = value.endsWith("us") ? 1000 : value.endsWith("ms") ? 1_000_000 : value.endsWith("s") ? 1_000_000_000 : 0;
        String number = value.substring(0, Math.max(0, value.length() - (unit == 1_000_000_000 ? 1 : 2)));
        if (unit == 0 || number.isEmpty() || number.length() > 6 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + part + "': a delay is a number with us, ms or s, such as 5ms");
        }
        return Long.parseLong(number) * unit;
    }
}
