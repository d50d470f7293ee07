package dev.ristretto.imager;

/**
 * An image could not be made, for a reason the user can do something about. The message says what is wrong and where; the hint,
 * when there is one, what to do.
 */
public class ImagingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /** A failure with advice; {@code hint} is null when there is none. */
    public ImagingException(String message, String hint) {
        this(message, hint, null);
    }

    /** A failure with advice and its cause; {@code hint} and {@code cause} may be null. */
    public ImagingException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do about it, or null. */
    public String hint() {
        return hint;
    }
}
