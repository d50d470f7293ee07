package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import jdk.vm.ci.meta.MetaAccessProvider;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.ResolvedJavaType;
import jdk.vm.ci.runtime.JVMCI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatableJvmTest {
    private static final int STARTS = 4;

    @TempDir
    private Path directory;

    /** Prints what has another order or value in each start of a JVM that is not patched. */
    static final class Program {
        private Program() {
        }

        public static void main(String[] arguments) {
            System.out.println(Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
            System.out.println(Arrays.toString(String.class.getDeclaredMethods()));
            MetaAccessProvider types = JVMCI.getRuntime().getHostJVMCIBackend().getMetaAccess();
            for (Class<?> type : List.of(String.class, ((Runnable) () -> { }).getClass())) {
                ResolvedJavaType resolved = types.lookupJavaType(type);
                System.out.println(resolved.hashCode());
                for (ResolvedJavaMethod method : resolved.getDeclaredMethods()) {
                    System.out.println(method.format("%n(%p)%r") + " " + method.hashCode());
                }
            }
        }
    }

    /** Has other threads, which sleep, wait for work and for a lock, as the builder has. */
    static final class Threads {
        private Threads() {
        }

        public static void main(String[] arguments) throws Exception {
            // The builder's main thread has initialized it by then.
            if (ForkJoinPool.getCommonPoolParallelism() > 1) {
                throw new IllegalStateException("a pool with threads");
            }
            Thread sleeper = new Thread(new Sleep());
            sleeper.start();
            sleeper.join();
            try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
                for (int i = 0; i < 3; i++) {
                    pool.submit(new Sleep()).get();
                }
            }
        }

        private static final class Sleep implements Runnable {
            @Override
            public void run() {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void theMainThreadLoadsWhatOthersNeed() throws Exception {
        List<String> arguments = new ArrayList<>(RepeatableJvm.install(directory));
        arguments.addAll(List.of(BuilderCommand.ONE_THREAD, "-Xlog:class+load:stdout:tid"));
        Map<String, List<String>> byThread = run(arguments, Threads.class).lines()
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(']')), LinkedHashMap::new, Collectors.toList()));
        assertEquals(1, byThread.size(), () -> "others than the main thread: "
                + byThread.values().stream().skip(1).flatMap(List::stream).collect(Collectors.joining("\n")));
    }

    @Test
    void eachStartHasTheSameOrder() throws Exception {
        List<String> patches = RepeatableJvm.install(directory);
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < STARTS; i++) {
            orders.add(run(patches, Program.class));
        }
        assertEquals(1, orders.size(), orders.toString());
        assertTrue(orders.iterator().next().contains("codePointAt(int)int"), orders.toString());
    }

    private static String run(List<String> patches, Class<?> program) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(patches);
        command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI", "-XX:-UseJVMCICompiler",
                "--add-modules=jdk.internal.vm.ci", "--add-exports=jdk.internal.vm.ci/jdk.vm.ci.runtime=ALL-UNNAMED",
                "--add-exports=jdk.internal.vm.ci/jdk.vm.ci.meta=ALL-UNNAMED",
                "-cp", Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(), program.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output;
    }
}
