package dev.ristretto.jdk.net.socket;

import dev.ristretto.network.NetworkException;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;

/** Translates the stack's errors into those of descriptors; both have Linux's numbers. */
final class SocketErrors {
    private static final Errno[] BY_ORDINAL = table();

    private SocketErrors() {
    }

    private static Errno[] table() {
        dev.ristretto.network.Errno[] theirs = dev.ristretto.network.Errno.values();
        Errno[] ours = new Errno[theirs.length];
        for (int i = 0; i < theirs.length; i++) {
            ours[i] = ofNumber(theirs[i].number());
        }
        return ours;
    }

    private static Errno ofNumber(int number) {
        for (Errno errno : Errno.values()) {
            if (errno.number() == number) {
                return errno;
            }
        }
        throw new IllegalStateException("storage.Errno has no number " + number);
    }

    static Errno of(dev.ristretto.network.Errno errno) {
        return BY_ORDINAL[errno.ordinal()];
    }

    static ErrnoException of(NetworkException e) {
        return of(e.errno()).exception();
    }
}
