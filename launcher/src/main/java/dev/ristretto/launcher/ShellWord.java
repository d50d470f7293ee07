package dev.ristretto.launcher;

/** Words for commands that a user is told to type. */
final class ShellWord {
    private ShellWord() { }

    /** {@code word} as a POSIX shell will read it back; plain words stay as they are. */
    static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
