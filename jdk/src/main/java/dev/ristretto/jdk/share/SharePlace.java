package dev.ristretto.jdk.share;

/**
 * Where a folder is to be.
 *
 * @param path     absolute
 * @param readOnly whether it is for reading only
 */
record SharePlace(String path, boolean readOnly) {
    private static final String READ_ONLY = ":ro";

    /** Reads {@code /PATH} or {@code /PATH:ro}, where the first slash may be missing; null if it is no such. */
    static SharePlace of(String tag) {
        boolean readOnly = tag.endsWith(READ_ONLY);
        String text = readOnly ? tag.substring(0, tag.length() - READ_ONLY.length()) : tag;
        String path = text.startsWith("/") ? text : "/" + text;
        for (String name : path.substring(1).split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                return null;
            }
        }
        return new SharePlace(path, readOnly);
    }
}
