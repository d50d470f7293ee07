package dev.ristretto.storage.ninep;

/** A folder cannot be mounted; the message is the end of a sentence that says why. */
public final class NinepException extends Exception {
    private static final long serialVersionUID = 1;

    NinepException(String message) {
        super(message);
    }
}
