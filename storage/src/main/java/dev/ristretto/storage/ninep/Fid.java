package dev.ristretto.storage.ninep;

/** A number by which client and server mean a file. The server forgets it some time after this object is unreachable, or is told to. */
final class Fid {
    private final int number;

    Fid(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
