package dev.ristretto.imagetests;

import java.time.Duration;

/** Values that make the long tests longer by hand and shorter in a continuous build. */
public final class Settings {

    private Settings() {
    }

    /**
     * How long a named test is to go on: system property {@code ristretto.test.NAME.seconds}.
     *
     * @param name what the property is named after
     * @param fallbackSeconds what holds when the property is absent
     * @return the time, at least one second
     */
    public static Duration duration(String name, int fallbackSeconds) {
        int seconds = Integer.getInteger("ristretto.test." + name + ".seconds", fallbackSeconds);
        return Duration.ofSeconds(Math.max(1, seconds));
    }
}
