package dev.ristretto.imager.link;

/** What the running image may do with a page. There is no class for pages both writable and executable. */
public enum Access {
    /** Read only, never executed. */
    R(true, false, false),
    /** Read and write, never executed. */
    RW(true, true, false),
    /** Read and execute, never written. */
    RX(true, false, true);

    private final boolean readable;
    private final boolean writable;
    private final boolean executable;

    Access(boolean readable, boolean writable, boolean executable) {
        this.readable = readable;
        this.writable = writable;
        this.executable = executable;
    }

    /** True for every class: there are no execute-only pages on x86-64. */
    public boolean readable() {
        return readable;
    }

    /** True when the page may be written. */
    public boolean writable() {
        return writable;
    }

    /** True when the processor may fetch instructions from the page. */
    public boolean executable() {
        return executable;
    }
}
