package dev.ristretto.kernel.entropy;

/** A device that gives random bytes. Any thread may call. */
public interface EntropySource {
    /** Fills the array; false if it cannot: then its contents are undefined. May wait for the device. */
    boolean fill(byte[] bytes);
}
