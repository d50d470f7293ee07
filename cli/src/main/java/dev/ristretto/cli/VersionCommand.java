package dev.ristretto.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code version}: which versions of everything are at work. */
@Command(name = "version", description = "Show the versions of Ristretto, its builder and the JDK.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    private final PrintStream out;

    VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        for (String line : new Provider().getVersion()) {
            out.println(line);
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** The same lines for {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Properties properties = new Properties();
            try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new String[] {"ristretto " + properties.getProperty("version"), 
                "native-image builder " + properties.getProperty("builder"),
                "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"};
        }
    }
}
