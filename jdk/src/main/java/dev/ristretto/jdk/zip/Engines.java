package dev.ristretto.jdk.zip;

/** The streams that are open in this image, by the handles that {@code java.util.zip} holds. */
final class Engines {
    static final Handles<InflaterEngine> INFLATERS = new Handles<>();
    static final Handles<DeflaterEngine> DEFLATERS = new Handles<>();

    private Engines() {
    }
}
