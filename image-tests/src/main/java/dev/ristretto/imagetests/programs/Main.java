package dev.ristretto.imagetests.programs;

import dev.ristretto.imagetests.launcher.ImageTestLauncher;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The main class of the test image: starts the program named by the first argument with the remaining arguments. */
public final class Main {

    /** Exit code for a missing or unknown program name (sysexits.h: EX_USAGE). */
    private static final int USAGE = 64;

    private static final Map<String, Program> PROGRAMS = programs();

    private Main() {
    }

    private static Map<String, Program> programs() {
        Map<String, Program> programs = new TreeMap<>();
        programs.put("junit", ImageTestLauncher::main);
        programs.put("args", Surroundings::arguments);
        programs.put("env", Surroundings::environment);
        programs.put("props", Surroundings::properties);
        programs.put("memory", Surroundings::memory);
        programs.put("exit", Endings::exit);
        programs.put("return", Endings::returns);
        programs.put("halt", Endings::halt);
        programs.put("uncaught", Endings::uncaught);
        programs.put("uncaught-cause", Endings::uncaughtWithCause);
        programs.put("uncaught-in-thread", Endings::uncaughtInThread);
        programs.put("uncaught-handler", Endings::uncaughtHandler);
        programs.put("out-of-memory", Endings::outOfMemory);
        programs.put("out-of-memory-caught", Endings::outOfMemoryCaught);
        programs.put("stack-overflow", Endings::stackOverflow);
        programs.put("hooks", Endings::hooks);
        programs.put("hooks-after-uncaught", Endings::hooksAfterUncaught);
        programs.put("outlive-main", Endings::outliveMain);
        programs.put("daemon", Endings::daemon);
        programs.put("wait-for-power-button", Endings::waitForPowerButton);
        programs.put("echo", Console::echo);
        programs.put("echo-bytes", Console::echoBytes);
        programs.put("streams", Console::streams);
        programs.put("flood", Console::flood);
        programs.put("clock", Clock::answer);
        programs.put("crash-write-code", Crashes::writeCode);
        programs.put("crash-execute-data", Crashes::executeData);
        programs.put("crash-read-page-zero", Crashes::readPageZero);
        programs.put("crash-write-page-zero", Crashes::writePageZero);
        programs.put("crash-write-page-table", Crashes::writePageTable);
        programs.put("crash-run-off-the-stack", Crashes::runOffTheStack);
        programs.put("crash-undefined-instruction", Crashes::undefined);
        programs.put("crash-unhandled-interrupt", Crashes::unhandledInterrupt);
        programs.put("crash-double-fault", Crashes::doubleFault);
        programs.put("system-call", Crashes::systemCall);
        programs.put("cards", Cards::run);
        programs.put("lan", Lan::run);
        programs.put("random-device", Cards::random);
        programs.put("peak", Surroundings::peak);
        programs.put("file-speed", FileSpeed::run);
        programs.put("file-write", FileEndings::run);
        programs.put("file-print", FileEndings::print);
        programs.put("file-fill", FileEndings::fill);
        programs.put("file-commits", Commits::run);
        programs.put("file-cases", FileCases::run);
        programs.put("sealed-list", SealedTrees::list);
        programs.put("sealed-refuse", SealedTrees::refuse);
        return programs;
    }

    /**
     * Starts a program.
     *
     * @param args name of the program, then its own arguments
     * @throws Exception what the program dies of
     */
    public static void main(String[] args) throws Exception {
        Program program = args.length == 0 ? null : PROGRAMS.get(args[0]);
        if (program == null) {
            System.err.println("Name one of these programs as the first argument: " + String.join(" ", PROGRAMS.keySet()));
            System.exit(USAGE);
        } else {
            program.run(Arrays.copyOfRange(args, 1, args.length));
        }
    }
}
