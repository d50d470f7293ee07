package dev.ristretto.storage.sealedfs;

import java.io.IOException;

/** An archive is damaged, or cannot be made. The message is one sentence about it, without its name. */
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
