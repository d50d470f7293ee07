package dev.ristretto.jdk.lang;

/** The process table of an image, in the terms of {@code java.lang.ProcessHandleImpl}. */
final class OnlyProcess {
    /** The number of the process that the program is. */
    static final long ID = 1;
    /** No such process. */
    static final long NONE = -1;
    /** What waiting for a process that is not a child answers. */
    static final int NOT_A_CHILD = -2;

    private OnlyProcess() {
    }

    /**
     * Lists the children of a process, or all processes.
     *
     * @param parent the parent, or 0 for all processes
     * @param startTimeMillis when the program started, since the epoch
     * @param ids receives the numbers
     * @param parents receives the parents' numbers; may be null
     * @param startTimes receives the start times in milliseconds since the epoch; may be null
     * @return how many there are, which may be more than fit
     */
    static int list(long parent, long startTimeMillis, long[] ids, long[] parents, long[] startTimes) {
        if (parent != 0) {
            return 0;
        }
        if (ids.length > 0) {
            ids[0] = ID;
            if (parents != null) {
                parents[0] = 0;
            }
            if (startTimes != null) {
                startTimes[0] = startTimeMillis;
            }
        }
        return 1;
    }
}
