package dev.ristretto.imagetests.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.graalvm.nativeimage.ImageInfo;
import org.graalvm.nativeimage.ImageSingletons;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes and reports them with {@link ConsoleReport}.
 *
 * <p>Arguments: {@code --list} prints the names of the test classes in the image and ends; {@code --from NAME} leaves out the
 * classes that sort before NAME, {@code --after NAME} NAME itself too (to go on after a crash); any other argument is a class to
 * run, or {@code CLASS#METHOD}. Without a class, all in the image are run. The exit code is 0 when no test failed, else 1.
 */
public final class ImageTestLauncher {

    /** After how many seconds of one test {@link Watchdog} shows what the threads do. */
    private static final String PATIENCE = "ristretto.test.patience.seconds";
    private static final int DEFAULT_PATIENCE_SECONDS = 180;

    private ImageTestLauncher() {
    }

    /**
     * Runs the tests and ends the program.
     *
     * @param args see the class comment
     */
    public static void main(String[] args) {
        List<String> selected = new ArrayList<>();
        String from = "";
        String after = "";
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--list" -> {
                    catalog().forEach(System.out::println);
                    return;
                }
                case "--from" -> from = args[++i];
                case "--after" -> after = args[++i];
                default -> selected.add(args[i]);
            }
        }
        if (selected.isEmpty()) {
            for (String name : catalog()) {
                if (name.compareTo(from) >= 0 && name.compareTo(after) > 0) {
                    selected.add(name);
                }
            }
        }
        ConsoleReport report = new ConsoleReport(System.out);
        Watchdog watchdog = new Watchdog(System.out, Integer.getInteger(PATIENCE, DEFAULT_PATIENCE_SECONDS));
        LauncherFactory.create().execute(request(selected), report, watchdog);
        System.exit(report.failures() == 0 && report.tests() > 0 ? 0 : 1);
    }

    private static LauncherDiscoveryRequest request(List<String> selected) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : selected) {
            request.selectors(name.indexOf('#') < 0 ? DiscoverySelectors.selectClass(name) : DiscoverySelectors.selectMethod(name));
        }
        return request.configurationParameters(System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("junit."))
                .collect(Collectors.toMap(name -> name, System::getProperty))).build();
    }

    private static List<String> catalog() {
        if (!ImageInfo.inImageRuntimeCode()) {
            throw new IllegalStateException("Only an image has a list of its test classes: name the classes to run.");
        }
        return ImageSingletons.lookup(TestCatalog.class).classNames();
    }
}
