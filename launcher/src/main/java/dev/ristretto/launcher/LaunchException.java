package dev.ristretto.launcher;

import java.util.Objects;

/** An image could not be started, or its hypervisor failed. The message is one sentence for the user; the hint says what to do. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1;

    private final String hint;

    /**
     * @param message what went wrong and where, without a full stop
     * @param hint what the user can do about it; empty if there is nothing to say
     */
    public LaunchException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what went wrong and where, without a full stop
     * @param hint what the user can do about it; empty if there is nothing to say
     * @param cause what lies behind it, or null
     */
    public LaunchException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = Objects.requireNonNull(hint);
    }

    /** What the user can do; may be empty, never null. */
    public String hint() {
        return hint;
    }
}
