package dev.ristretto.jdk.io;

import dev.ristretto.storage.ErrnoException;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Turns errors of files into the exceptions that the JDK's natives throw on Linux. */
public final class Failures {
    private Failures() {
    }

    /** Returns an exception whose message is what {@code strerror} says, as the JDK's natives have it. */
    public static IOException io(ErrnoException e) {
        return new IOException(e.errno().message());
    }

    /** Returns the exception for a file that could not be opened. */
    static FileNotFoundException notFound(String path, ErrnoException e) {
        return new FileNotFoundException(path + " (" + e.errno().message() + ")");
    }

    /** Returns the exception for the use of a stream after its end. */
    static IOException closed() {
        return new IOException("Stream Closed");
    }
}
