package dev.ristretto.cli;

/** Exit codes of the command itself; {@code run} ends with the program's own code otherwise. */
final class ExitCodes {
    static final int OK = 0;
    /** The command line makes no sense. */
    static final int USAGE = 2;
    /** The image could not be built or started, or its hypervisor failed; the same code as of container engines. */
    static final int FAILURE = 125;

    private ExitCodes() { }
}
