package dev.ristretto.imager.link;

import dev.ristretto.imager.ImagingException;

/** The linker cannot make an image of what it was given. */
public class LinkException extends ImagingException {
    private static final long serialVersionUID = 1L;

    /** A failure without advice. */
    public LinkException(String message) {
        super(message, null);
    }

    /** A failure with advice. */
    public LinkException(String message, String hint) {
        super(message, hint);
    }
}
