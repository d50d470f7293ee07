package dev.ristretto.launcher.host;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What was found out about one QEMU on one host, kept in a file until the host restarts or the QEMU is replaced. A file that cannot be
 * read or written costs time, nothing else.
 */
final class HostFacts {
    private static final String KEY = "key";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Properties facts = new Properties();

    private HostFacts(Path file) {
        this.file = file;
    }

    /** The facts about {@code qemu} kept in {@code cacheDirectory}; empty ones if none are kept or they are out of date. */
    static HostFacts load(Path cacheDirectory, Path qemu) {
        HostFacts facts = new HostFacts(cacheDirectory.resolve("host-" + Integer.toHexString(qemu.toString().hashCode()) + ".properties"));
        String key = key(qemu);
        try (Reader reader = Files.newBufferedReader(facts.file)) {
            facts.facts.load(reader);
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            facts.facts.clear();
        }
        if (!key.equals(facts.get(KEY))) {
            facts.facts.clear();
            facts.put(KEY, key);
        }
        return facts;
    }

    String get(String name) {
        return facts.getProperty(name);
    }

    void put(String name, String value) {
        facts.setProperty(name, value);
    }

    void save() {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "host", ".tmp");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                facts.store(writer, "What the launcher found out about this host; may be deleted at any time.");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return; // found out again next time
        }
    }

    private static String key(Path qemu) {
        try {
            String boot = Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
            return qemu + " " + Files.size(qemu) + " " + Files.getLastModifiedTime(qemu).toMillis() + " " + boot;
        } catch (IOException e) {
            return qemu.toString();
        }
    }
}
