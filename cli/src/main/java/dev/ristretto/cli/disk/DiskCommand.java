package dev.ristretto.cli.disk;

import dev.ristretto.cli.CliException;
import dev.ristretto.cli.console.Messages;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.cowfs.CheckReport;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.ext4.Ext4;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code disk}: what can be done to a disk without booting. */
@Command(name = "disk", description = "Make, fill and look into the disk of an image, without booting it.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class DiskCommand implements Runnable {
    private static final int OK = 0;
    /** A check has found something. */
    private static final int DAMAGED = 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int NANOS = 1_000_000_000;
    private static final int LABEL_MAXIMUM = 63;

    @Spec
    private CommandSpec spec;

    private final InputStream in;
    private final PrintStream out;
    private final Messages messages;

    /**
     * @param in what {@code put -} reads
     * @param out answers
     */
    public DiskCommand(InputStream in, PrintStream out, Messages messages) {
        this.in = in;
        this.out = out;
        this.messages = messages;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What shall be done? " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(name = "create", description = "Make a disk with an empty file system; takes only as much space as is used.",
            mixinStandardHelpOptions = true)
    int create(@Parameters(paramLabel = "FILE", description = "the disk, a new file") Path file,
               @Option(names = "--size", paramLabel = "SIZE", converter = DiskSize.class, defaultValue = "1g",
                       description = "such as 512m or 20g; 1g if not given") long size,
               @Option(names = "--label", paramLabel = "TEXT", defaultValue = "", description = "a name for people") String label,
               @Option(names = "--force", description = "replace the file if there is one") boolean force) throws CliException {
        if (label.getBytes(StandardCharsets.UTF_8).length > LABEL_MAXIMUM) {
            throw new ParameterException(spec.commandLine(), "A label has " + LABEL_MAXIMUM + " bytes at most");
        }
        Disk.create(file, size, label, force);
        return OK;
    }

    @Command(name = "ls", description = "List a directory of a disk.", mixinStandardHelpOptions = true)
    int ls(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
           @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/", description = "on the disk; / if not given") String path,
           @Option(names = "-l", description = "with permissions, links, sizes and times (UTC)") boolean details,
           @Option(names = "-R", description = "with everything below") boolean recursive) throws CliException {
        try (Disk disk = Disk.open(file, true)) {
            list(disk, disk.node(path), path, path, details, recursive);
        }
        out.flush();
        return OK;
    }

    private void list(Disk disk, Node node, String path, String shown, boolean details, boolean recursive) throws CliException {
        try {
            if (!(node instanceof DirectoryNode directory)) {
                print(node, shown, details);
                return;
            }
            var cursor = directory.entries();
            for (String name = cursor.next(); name != null; name = cursor.next()) {
                Node child = directory.lookup(name);
                String childPath = path.endsWith("/") ? path + name : path + "/" + name;
                print(child, recursive ? childPath : name, details);
                if (recursive && child instanceof DirectoryNode) {
                    list(disk, child, childPath, childPath, details, true);
                }
            }
        } catch (ErrnoException e) {
            throw disk.failure(path, e);
        }
    }

    private void print(Node node, String name, boolean details) throws ErrnoException {
        String kind = node instanceof DirectoryNode ? "/" : "";
        if (!details) {
            out.println(printable(name) + kind);
            return;
        }
        Attributes attributes = node.attributes();
        char type = switch (attributes.type()) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case PIPE -> 'p';
            case SOCKET -> 's';
        };
        String target = node instanceof SymbolicLinkNode link ? " -> " + printable(link.target()) : "";
        Instant time = Instant.ofEpochSecond(Math.floorDiv(attributes.modified(), NANOS), Math.floorMod(attributes.modified(), NANOS));
        out.printf(Locale.ROOT, "%c%s %3d %,15d  %s  %s%s%s%n", type, DiskCopy.text(attributes.permissions()), attributes.links(),
                attributes.size(), TIME.format(time), printable(name), kind, target);
    }

    /** Names on a disk may hold anything, also what moves a terminal's cursor. */
    private static String printable(String text) {
        return text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    @Command(name = "cat", description = "Write files of a disk to standard output.", mixinStandardHelpOptions = true)
    int cat(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
            @Parameters(paramLabel = "PATH", arity = "1..*", description = "on the disk") String[] paths) throws CliException, IOException {
        try (Disk disk = Disk.open(file, true)) {
            for (String path : paths) {
                cat(disk, path);
            }
        }
        out.flush();
        return OK;
    }

    private void cat(Disk disk, String path) throws CliException, IOException {
        try {
            switch (disk.names().node(disk.root(), path, true)) {
                case FileNode content -> new DiskCopy(disk).read(content, path, out);
                case DirectoryNode directory -> throw new CliException(disk.file() + ": " + path + " is a directory",
                        "'ristretto disk ls' lists it, 'disk get' copies it.");
                default -> throw new CliException(disk.file() + ": " + path + " is neither file nor directory", "");
            }
        } catch (ErrnoException e) {
            throw disk.failure(path, e);
        }
    }

    @Command(name = "put", description = "Copy a file or folder to a disk; what is in the way is replaced.", mixinStandardHelpOptions = true)
    int put(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
            @Parameters(paramLabel = "SOURCE", description = "a file or folder of this machine, or - for standard input") String source,
            @Parameters(paramLabel = "PATH", arity = "0..1", description = "on the disk: a directory to copy to, or the new name;"
                    + " / if not given") String path) throws CliException {
        boolean standardInput = source.equals("-");
        if (standardInput && (path == null || path.endsWith("/"))) {
            throw new ParameterException(spec.commandLine(), "Standard input has no name: say what the file shall be called, such as /notes.txt");
        }
        try (Disk disk = Disk.open(file, false)) {
            String target = path == null ? "/" : path.startsWith("/") ? path : "/" + path;
            DiskCopy copy = new DiskCopy(disk);
            if (standardInput) {
                copy.put(in, target);
            } else {
                Path from = Path.of(source).toAbsolutePath().normalize();
                boolean into = target.endsWith("/") || disk.isDirectory(target);
                String name = from.getFileName() == null ? "" : from.getFileName().toString();
                copy.put(from, into ? target + (target.endsWith("/") ? "" : "/") + name : target);
            }
        }
        return OK;
    }

    @Command(name = "get", description = "Copy a file or directory from a disk.", mixinStandardHelpOptions = true)
    int get(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
            @Parameters(paramLabel = "PATH", description = "on the disk") String path,
            @Parameters(paramLabel = "TARGET", arity = "0..1", description = "a folder to copy to, or the new name; the folder where you are if"
                    + " not given") Path target,
            @Option(names = "--force", description = "replace files that exist") boolean force) throws CliException {
        try (Disk disk = Disk.open(file, true)) {
            String name = path.replaceAll("/+$", "");
            name = name.substring(name.lastIndexOf('/') + 1);
            Path folder = target == null ? Path.of("") : target;
            boolean into = target == null || java.nio.file.Files.isDirectory(target);
            new DiskCopy(disk).get(path, (into && !name.isEmpty() ? folder.resolve(name) : folder).toAbsolutePath(), force);
        }
        return OK;
    }

    @Command(name = "rm", description = "Remove files from a disk.", mixinStandardHelpOptions = true)
    int rm(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
           @Parameters(paramLabel = "PATH", arity = "1..*", description = "on the disk") String[] paths,
           @Option(names = "-r", description = "directories too, with all that is in them") boolean recursive) throws CliException {
        try (Disk disk = Disk.open(file, false)) {
            for (String path : paths) {
                try {
                    Node node = disk.names().node(disk.root(), path, false);
                    if (!(node instanceof DirectoryNode directory)) {
                        disk.names().unlink(disk.root(), path);
                    } else if (recursive) {
                        empty(directory);
                        if (node != disk.root()) {
                            disk.names().removeDirectory(disk.root(), path);
                        }
                    } else {
                        throw Errno.EISDIR.exception();
                    }
                } catch (ErrnoException e) {
                    throw disk.failure(path, e);
                }
            }
        }
        return OK;
    }

    private static void empty(DirectoryNode directory) throws ErrnoException {
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            if (directory.lookup(name) instanceof DirectoryNode child) {
                empty(child);
                directory.removeDirectory(name);
            } else {
                directory.unlink(name);
            }
        }
    }

    @Command(name = "check", description = "Look whether a disk is whole, and how full it is. Ends with 1 if something is wrong.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
              @Option(names = "--quick", description = "without the content of files") boolean quick) throws CliException {
        try (Disk disk = Disk.open(file, true)) {
            if (disk.fileSystem() instanceof Ext4 other) {
                return checkExt4(disk, other, !quick);
            }
            Cowfs fileSystem = (Cowfs) disk.fileSystem();
            CheckReport report;
            try {
                report = fileSystem.check(!quick);
            } catch (ErrnoException e) {
                throw disk.failure("/", e);
            }
            out.printf(Locale.ROOT, "%s: %s, %s; %,d files, %,d directories, %,d symbolic links; %s in use; commit %,d%n", named(file, fileSystem.label()),
                    new UUID(fileSystem.identityHigh(), fileSystem.identityLow()), DiskSize.text(fileSystem.size()), report.files(),
                    report.directories(), report.links(), DiskSize.text(report.usedBlocks() * 4096), fileSystem.generation());
            return verdict(file, report.problems(), "'ristretto disk get' copies what can be read; make a new disk of that and of a backup.");
        }
    }

    private static String named(Path file, String label) {
        return label.isEmpty() ? file.toString() : file + " \"" + printable(label) + "\"";
    }

    private int verdict(Path file, List<String> problems, String hint) {
        problems.forEach(problem -> out.println("  " + printable(problem)));
        out.flush();
        if (problems.isEmpty()) {
            return OK;
        }
        messages.error(file + " is damaged", hint);
        return DAMAGED;
    }

    private int checkExt4(Disk disk, Ext4 fileSystem, boolean contentToo) {
        DiskReading reading = new DiskReading(contentToo);
        reading.all(fileSystem.root());
        out.printf(Locale.ROOT, "%s: %s, %s of ext4; %,d files, %,d directories, %,d symbolic links, %,d others%n", named(disk.file(), fileSystem.label()),
                new UUID(fileSystem.identityHigh(), fileSystem.identityLow()), DiskSize.text(fileSystem.size()), reading.files(), reading.directories(),
                reading.links(), reading.others());
        return verdict(disk.file(), reading.problems(), "What can be read, 'ristretto disk get' copies; e2fsck repairs it on Linux, begin with a copy.");
    }

    @Command(name = "resize", description = "Make a disk larger; a machine that runs with it must be stopped.", mixinStandardHelpOptions = true)
    int resize(@Parameters(paramLabel = "FILE", description = "the disk") Path file,
               @Parameters(paramLabel = "SIZE", converter = DiskSize.class, description = "such as 512m or 20g") long size) throws CliException {
        try (Disk disk = Disk.open(file, false)) {
            Cowfs fileSystem = (Cowfs) disk.fileSystem();
            if (size < fileSystem.size()) {
                throw new CliException(file + " has " + DiskSize.text(fileSystem.size()) + " and cannot be made smaller",
                        "Make a smaller disk and copy the files: ristretto disk get, ristretto disk put.");
            }
            disk.grow(fileSystem, size);
        }
        return OK;
    }
}
