package dev.ristretto.cli;

import dev.ristretto.cli.console.Messages;
import dev.ristretto.cli.disk.DiskCommand;
import dev.ristretto.imager.ImagingException;
import dev.ristretto.launcher.LaunchException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code ristretto} command. */
@Command(name = "ristretto", description = "Just enough operating system to run your Java.", mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class, synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() { }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The bare descriptors: a program's bytes pass through unchanged, and a closed pipe shows as an error instead of being swallowed.
        int code = run(args, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), System.err,
                Boolean.getBoolean("ristretto.terminal"));
        System.exit(code);
    }

    /**
     * Runs one command.
     *
     * @param in the program's input
     * @param out the program's output, and the answers of the other commands
     * @param err messages for the user
     * @param terminal whether {@code err} is a terminal
     * @return the exit code
     */
    static int run(String[] args, InputStream in, OutputStream out, PrintStream err, boolean terminal) {
        Messages messages = new Messages(err, terminal);
        PrintStream text = new PrintStream(out, false, StandardCharsets.UTF_8);
        CommandLine command = new CommandLine(new Main());
        command.addSubcommand(new RunCommand(in, out, messages)).addSubcommand(new BuildCommand(text, messages))
                .addSubcommand(new InspectCommand(text)).addSubcommand(new DiskCommand(in, text, messages)).addSubcommand(new VersionCommand(text))
                .addSubcommand(new CommandLine.HelpCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true).setOverwrittenOptionsAllowed(true);
        command.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(err, true));
        command.setParameterExceptionHandler((e, words) -> usage(e, messages));
        command.setExecutionExceptionHandler((e, failed, result) -> failure(e, messages, verbose(args)));
        if (args.length == 0) {
            command.usage(text);
            text.flush();
            return ExitCodes.USAGE;
        }
        return command.execute(args);
    }

    /** The program's own arguments, after {@code --}, do not count. */
    private static boolean verbose(String[] args) {
        List<String> ours = Arrays.asList(args);
        int end = ours.indexOf("--");
        ours = end < 0 ? ours : ours.subList(0, end);
        return ours.contains("-v") || ours.contains("--verbose");
    }

    private static int usage(ParameterException e, Messages messages) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = e instanceof UnmatchedArgumentException words && !words.isUnknownOption() && e.getCommandLine().getParent() == null
                ? "'" + words.getUnmatched().getFirst() + "' is no command" : e.getMessage();
        messages.error(message, "'" + command + " --help' shows what can be said.");
        return ExitCodes.USAGE;
    }

    private static int failure(Exception e, Messages messages, boolean verbose) {
        switch (e) {
            case LaunchException launch -> messages.error(launch.getMessage(), launch.hint());
            case ImagingException imaging -> messages.error(imaging.getMessage(), imaging.hint());
            case CliException own -> messages.error(own.getMessage(), own.hint());
            default -> messages.error("Something went wrong that should not: " + e, verbose ? "" : "Say --verbose to see where.");
        }
        if (verbose) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            messages.plain(trace.toString());
        }
        return ExitCodes.FAILURE;
    }
}
