package dev.ristretto.storage.ninep;

/**
 * What a server says a file is: the same for as long as the file exists, whatever its names.
 *
 * @param type    {@link #DIRECTORY}, {@link #LINK} or others
 * @param version of its content, if the server keeps such
 * @param path    a number that no other file has
 */
public record Qid(int type, int version, long path) {
    /** Bytes in a message. */
    public static final int SIZE = 13;
    public static final int DIRECTORY = 0x80;
    public static final int LINK = 0x02;
}
