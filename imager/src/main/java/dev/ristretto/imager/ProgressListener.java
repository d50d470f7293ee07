package dev.ristretto.imager;

import java.time.Duration;

/**
 * Hears how a build gets on. Called from threads of the imager, one call at a time; calls should return quickly.
 */
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = progress -> { };

    /** Called when a stage begins, about twice a second while the builder works, and with a fraction of 1 at the end. */
    void progress(Progress progress);

    /** Called with each line that the builder prints; for those who want to see it all. */
    default void builderOutput(String line) {
    }

    /** Called with what the user should know but what does not stop the build. */
    default void warning(String message) {
    }

    /**
     * A point in a build.
     *
     * @param stage    what is being done, a short phrase such as {@code Performing analysis}
     * @param fraction of the work that is done, 0 to 1; an estimate from how long the stages of the last build took
     * @param left     time the rest will take, an estimate; null when there was no build yet to learn from
     */
    record Progress(String stage, double fraction, Duration left) {
        /** The fraction in whole percent, 0 to 100. */
        public int percent() {
            return (int) Math.floor(fraction * 100);
        }
    }
}
