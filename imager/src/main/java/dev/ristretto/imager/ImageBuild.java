package dev.ristretto.imager;

import dev.ristretto.imager.boot.BootCode;
import dev.ristretto.imager.builder.BuilderJars;
import dev.ristretto.imager.builder.BuilderOptions;
import dev.ristretto.imager.builder.BuilderOutput;
import dev.ristretto.imager.builder.BuilderRequest;
import dev.ristretto.imager.builder.MetadataRepository;
import dev.ristretto.imager.builder.NativeImageBuilder;
import dev.ristretto.imager.builder.NativeImageMetadata;
import dev.ristretto.imager.builder.UrlOpeners;
import dev.ristretto.imager.files.HostTree;
import dev.ristretto.imager.files.SealedFiles;
import dev.ristretto.imager.inside.MethodSlotsFeature;
import dev.ristretto.imager.inside.ProcessorFeature;
import dev.ristretto.imager.inside.ReportFeature;
import dev.ristretto.imager.inside.StableNamesFeature;
import dev.ristretto.imager.inside.UrlProtocolsFeature;
import dev.ristretto.imager.link.BootObject;
import dev.ristretto.imager.link.LinkOptions;
import dev.ristretto.imager.link.LinkedImage;
import dev.ristretto.imager.link.Linker;
import dev.ristretto.imager.link.Manifest;
import dev.ristretto.imager.report.Contents;
import dev.ristretto.imager.report.ImageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One build, from a checked program to an entry in the cache. Two things are kept there: what the builder made, by what went into it,
 * and the linked image; so that a change of the boot code or of the linker costs no compiling. For whoever holds the cache's lock.
 */
final class ImageBuild {
    static final String ELF = "image.elf";
    static final String REPORT = "report.txt";
    static final String SUMMARY = "summary.txt";
    static final String CONTENTS = "contents.tsv";
    /** What the compiler was allowed to use of a processor, see {@link ProcessorFeature}. */
    private static final String PROCESSOR = "processor";

    private static final String OBJECT = "program.o";
    private static final String INSIDE = "dev/ristretto/imager/inside";
    private static final String PLATFORM = "dev.ristretto.kernel.platform.RistrettoPlatform";
    /** Of the platform as well: without it nothing in an image looks for files that are sealed in. */
    private static final String FILES_FEATURE = "dev.ristretto.jdk.sealed.SealedFilesFeature";
    /** Our own classes below the program; they have to be initialized by the builder, as nothing could at the time they first run. */
    private static final List<String> BUILD_TIME = List.of("dev.ristretto.machine", "dev.ristretto.kernel");
    /** With code of this class in it an image can use a network. */
    private static final String NETWORK_DRIVER = "dev.ristretto.devices.network.NetworkCard";
    private static final String DISK_DRIVER = "dev.ristretto.devices.block.BlockCard";
    private static final String FOLDER_DRIVER = "dev.ristretto.devices.share.FolderCard";
    /** Memory below which no image is said to start. */
    private static final int LEAST_MEMORY_MIB = 16;
    /**
     * Memory needed above the image itself: a Java heap of 4 MiB, as much to copy it to, page tables and stacks. With less than two chunks for
     * each of its spaces the heap is collected for every few kilobytes when it is nearly full (34 s to fill 3 MiB, under 1 s for 4).
     */
    private static final int WORKING_MEMORY_MIB = 11;
    private static final long TICK_MILLIS = 500;

    private final ImageRequest request;
    private final ProgramCheck.Program program;
    private final BuilderJars jars;
    private final ImageCache cache;
    private final ProgressListener listener;
    private final List<Path> classPath;
    private final MetadataRepository.Selection metadata;
    private final BuilderOptions options;
    private final String objectHash;
    private final String imageHash;

    ImageBuild(ImageRequest request, ProgramCheck.Program program, BuilderJars jars, ImagerHome home, ImageCache cache,
               ProgressListener listener) throws IOException, ImagingException {
        this.request = request;
        this.program = program;
        this.jars = jars;
        this.cache = cache;
        this.listener = listener;
        this.classPath = new ArrayList<>(program.classpath());
        this.classPath.addAll(home.platform());
        this.metadata = home.metadata() == null ? new MetadataRepository.Selection(Map.of(), List.of())
                : new MetadataRepository(home.metadata()).select(classPath);
        this.options = NativeImageMetadata.of(classPath, metadata.overridden());
        NativeImageMetadata.add(options, metadata.files());
        options.unknown().forEach(option -> listener.warning("Option in META-INF/native-image passed over: " + option));
        options.unknown().clear();
        options.add(request.optimization().builderArgs());
        options.add(request.builderArgs());
        if (!options.unknown().isEmpty()) {
            throw new ImagingException("Not options for the builder: " + String.join(" ", options.unknown()),
                    "They are those of GraalVM's native-image command, as far as they mean something for images.");
        }
        this.objectHash = computeObjectHash();
        this.imageHash = computeImageHash();
    }

    /** What the builder is told besides what every image needs; of two for one of its options the later counts. */
    List<String> builderArgs() {
        return List.copyOf(options.builder());
    }

    /** The entry of an earlier build of the same input, or null. */
    Path find() throws IOException {
        return cache.find("images", imageHash);
    }

    /** Builds, and returns the new entry. */
    Path make() throws IOException, InterruptedException, ImagingException {
        Path work = cache.work();
        StageClock clock = StageClock.start(cache.directory().resolve("stage-times"), System::nanoTime);
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("build progress").factory());
        try {
            ticker.scheduleAtFixedRate(() -> listener.progress(clock.now()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
            Path object = cache.find("objects", objectHash);
            if (object == null) {
                object = compile(work, clock);
                clock.linking();
                clock.save(cache.directory().resolve("stage-times"));
            }
            return cache.put("images", imageHash, link(object, Files.createDirectories(work.resolve("image"))));
        } finally {
            ticker.shutdownNow();
            ticker.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    private Path compile(Path work, StageClock clock) throws IOException, InterruptedException, ImagingException {
        List<Path> copies = copyClassPath(Files.createDirectories(work.resolve("classpath")));
        copies.add(writeMetadata(work.resolve("metadata")));
        copies.add(OwnCode.copyTo(work.resolve("inside"), INSIDE));
        List<String> features = new ArrayList<>(request.builderFeatures());
        if (!request.files().isEmpty()) {
            features.add(FILES_FEATURE);
        }
        features.add(StableNamesFeature.class.getName());
        features.add(MethodSlotsFeature.class.getName());
        features.add(ReportFeature.class.getName());
        features.add(ProcessorFeature.class.getName());
        features.add(UrlProtocolsFeature.class.getName());
        Path builderWork = Files.createDirectories(work.resolve("builder"));
        Path object = Files.createDirectories(work.resolve("object"));
        options.jvm().add("-D" + ReportFeature.FILE_PROPERTY + "=" + object.resolve(CONTENTS));
        options.jvm().add("-D" + ProcessorFeature.FILE_PROPERTY + "=" + object.resolve(PROCESSOR));
        options.jvm().add("-D" + UrlProtocolsFeature.FILE_PROPERTY + "="
                + Files.write(work.resolve("url-openers"), UrlOpeners.of(program.classpath())));
        BuilderRequest builderRequest = new BuilderRequest(copies, program.mainClass(), "program", PLATFORM, features, BUILD_TIME,
                request.optimization().level(), request.debugInfo(), buildId(objectHash), options.builder(), options.jvm(), builderWork,
                cache.directory().resolve("builder.log"));
        Path built = new NativeImageBuilder(jars).build(builderRequest, new BuilderOutput() {
            @Override
            public void line(String line) {
                clock.line(line);
                listener.builderOutput(line);
            }

            @Override
            public void begun(String begin) {
                clock.line(begin);
            }
        });
        Files.move(built, object.resolve(OBJECT));
        return cache.put("objects", objectHash, object);
    }

    /**
     * Copies the class path to where its names say nothing about this machine: they find their way into the image, which shall be the
     * same wherever it is built.
     */
    private List<Path> copyClassPath(Path to) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            Path copy = to.resolve("%03d-%s".formatted(copies.size(), entry.getFileName()));
            FileTree.copy(entry, copy);
            copies.add(copy);
        }
        return copies;
    }

    private Path writeMetadata(Path root) throws IOException {
        Files.createDirectories(root);
        for (Map.Entry<String, byte[]> file : metadata.files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return root;
    }

    private Path link(Path object, Path into) throws IOException, ImagingException {
        LinkOptions.Symbols symbols = request.debugInfo() ? LinkOptions.Symbols.ALL : LinkOptions.Symbols.GLOBAL;
        byte[] program = Files.readAllBytes(object.resolve(OBJECT));
        Contents contents = Contents.read(object.resolve(CONTENTS));
        String devices = devices(contents);
        List<String> processor = Files.readAllLines(object.resolve(PROCESSOR));
        BootObject boot = BootCode.assemble(processor);
        byte[] files = files();
        LinkedImage image = link(program, boot, files, manifest(processor, devices, LEAST_MEMORY_MIB), symbols);
        int needed = Math.ceilDiv(Math.toIntExact(image.end()), 1 << 20) + WORKING_MEMORY_MIB;
        if (needed > LEAST_MEMORY_MIB) {
            // How much memory it needs is known once it is linked, and stands in it.
            image = link(program, boot, files, manifest(processor, devices, needed), symbols);
        }
        Files.write(into.resolve(ELF), image.bytes());
        ImageReport report = new ImageReport(image, contents);
        Files.copy(object.resolve(CONTENTS), into.resolve(CONTENTS));
        Files.writeString(into.resolve(SUMMARY), report.summary());
        Files.writeString(into.resolve(REPORT), report.full());
        return into;
    }

    private byte[] files() throws IOException, ImagingException {
        try {
            return HostTree.packAll(request.files());
        } catch (OutOfMemoryError e) {
            throw new ImagingException("There is not enough memory to put the files to be sealed in together",
                    "Give the builder more, as in JAVA_TOOL_OPTIONS=-Xmx6g, or less to seal in.", e);
        }
    }

    /** What the image has drivers for: they are in it if something in the program reaches them. */
    private static String devices(Contents contents) {
        return "serial" + (contents.code().containsKey(NETWORK_DRIVER) ? ",network" : "")
                + (contents.code().containsKey(DISK_DRIVER) ? ",disk" : "")
                + (contents.code().containsKey(FOLDER_DRIVER) ? ",share" : "");
    }

    private LinkedImage link(byte[] object, BootObject boot, byte[] files, Manifest manifest, LinkOptions.Symbols symbols) throws ImagingException {
        return Linker.link(object, "the compiled program", boot, files,
                new LinkOptions(manifest, symbols, request.debugInfo(), LinkOptions.DEFAULT_HEAP_ALIGNMENT));
    }

    private Manifest manifest(List<String> processor, String devices, int memoryMib) throws ImagingException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(Manifest.KEY_FORMAT, Manifest.FORMAT);
        values.put(Manifest.KEY_NAME, name());
        values.put(Manifest.KEY_BUILD_ID, buildId(imageHash).toString().replace("-", ""));
        values.put(Manifest.KEY_JAVA, System.getProperty("java.version"));
        values.put(Manifest.KEY_BUILDER, jars.version());
        values.put(Manifest.KEY_MACHINE, "x86_64-bare,x86_64-process");
        values.put(Manifest.KEY_CPU, String.join(",", BootCode.processor(processor)));
        values.put(Manifest.KEY_DEVICES, devices);
        values.put(Manifest.KEY_MIN_MEMORY, Integer.toString(memoryMib));
        values.put(Manifest.KEY_MAIN, program.mainClass());
        return new Manifest(values);
    }

    private String name() {
        if (request.name() != null) {
            return request.name();
        }
        String file = program.classpath().getFirst().getFileName().toString();
        return file.endsWith(".jar") ? file.substring(0, file.length() - ".jar".length()) : program.mainClass();
    }

    private String computeObjectHash() throws IOException, ImagingException {
        ContentHash hash = new ContentHash().add(System.getProperty("java.runtime.version")).add(System.getProperty("java.vendor"));
        hash.add(jars.version());
        for (Path jar : jars.all()) {
            // Released files, named after their version: their size is enough to tell a damaged one.
            hash.add(jar.getFileName().toString()).add(Long.toString(Files.size(jar)));
        }
        for (Path entry : classPath) {
            hash.add(entry.getFileName().toString()).addContents(entry);
        }
        hash.add(program.mainClass()).add(request.optimization().level()).add(Boolean.toString(request.debugInfo()));
        // Whether there are files, not which: changing them costs no compiling.
        hash.add(Boolean.toString(request.files().isEmpty()));
        metadata.files().forEach((name, contents) -> hash.add(name).add(contents));
        hash.add(options.builder()).add(options.jvm()).add(request.builderFeatures());
        OwnCode.addTo(hash, "dev/ristretto/imager/builder");
        OwnCode.addTo(hash, INSIDE);
        OwnCode.addTo(hash, "dev/ristretto/imager/jvm/base");
        OwnCode.addTo(hash, "dev/ristretto/imager/jvm/compiler");
        return hash.hex();
    }

    /** What stands for everything that the image depends on. */
    String imageHash() {
        return imageHash;
    }

    private String computeImageHash() throws IOException, ImagingException {
        ContentHash hash = new ContentHash().add(objectHash).add(name());
        for (SealedFiles files : request.files()) {
            hash.add(files.mountPoint()).add(Boolean.toString(files.isStored()));
            try (HostTree tree = HostTree.open(files)) {
                for (HostTree.Entry entry : tree.entries()) {
                    hash.add(entry.path()).add(entry.kind() + " " + entry.target());
                    if (entry.kind() == HostTree.Kind.FILE) {
                        hash.addContents(entry.file());
                    }
                }
            }
        }
        OwnCode.addTo(hash, "dev/ristretto/imager/boot");
        OwnCode.addTo(hash, "dev/ristretto/imager/files");
        OwnCode.addTo(hash, "dev/ristretto/imager/link");
        OwnCode.addTo(hash, "dev/ristretto/imager/report");
        return hash.hex();
    }

    private static UUID buildId(String hash) {
        return new UUID(Long.parseUnsignedLong(hash, 0, 16, 16), Long.parseUnsignedLong(hash, 16, 32, 16));
    }
}
