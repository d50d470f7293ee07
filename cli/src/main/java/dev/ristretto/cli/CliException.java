package dev.ristretto.cli;

/** The command cannot be carried out. The message is one sentence for the user; the hint says what to do. */
public final class CliException extends Exception {
    private static final long serialVersionUID = 1;

    private final String hint;

    /**
     * @param message what went wrong and where, without a full stop
     * @param hint what the user can do about it; empty if there is nothing to say
     */
    public CliException(String message, String hint) {
        this(message, hint, null);
    }

    /** The same with a cause, which may be null. */
    public CliException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What the user can do; may be empty, never null. */
    public String hint() {
        return hint;
    }
}
