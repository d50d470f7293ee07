package dev.ristretto.layers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** Which module may use which: the table of the architecture. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ristretto");

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void layers() {
        check(Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("machine").definedBy("dev.ristretto.machine..")
            .layer("kernel").definedBy("dev.ristretto.kernel..")
            .layer("storage").definedBy("dev.ristretto.storage..")
            .layer("network").definedBy("dev.ristretto.network..")
            .layer("devices").definedBy("dev.ristretto.devices..")
            .layer("jdk").definedBy("dev.ristretto.jdk..")
            .layer("imager").definedBy("dev.ristretto.imager..")
            .layer("launcher").definedBy("dev.ristretto.launcher..")
            .layer("cli").definedBy("dev.ristretto.cli..")
            .whereLayer("machine").mayOnlyBeAccessedByLayers("kernel", "devices")
            .whereLayer("kernel").mayOnlyBeAccessedByLayers("devices", "jdk")
            .whereLayer("storage").mayOnlyBeAccessedByLayers("devices", "jdk", "imager", "launcher", "cli")
            .whereLayer("network").mayOnlyBeAccessedByLayers("devices", "jdk", "launcher")
            .whereLayer("devices").mayOnlyBeAccessedByLayers("jdk")
            .whereLayer("jdk").mayNotBeAccessedByAnyLayer()
            .whereLayer("imager").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("launcher").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer());
    }

    /** The machine's contract is for everybody above it, an implementation for nobody; one class picks it for an image. */
    @Test
    void nothingAboveTheMachineTouchesHardware() {
        check(noClasses()
            .that().resideOutsideOfPackage("dev.ristretto.machine..")
            .and().doNotHaveFullyQualifiedName("dev.ristretto.kernel.platform.KernelFeature")
            .should().dependOnClassesThat().resideInAnyPackage("dev.ristretto.machine.bare..", "dev.ristretto.machine.process.."));
    }

    /** An image holds all machines, and each is complete in itself. */
    @Test
    void machinesDoNotKnowEachOther() {
        check(noClasses().that().resideInAPackage("dev.ristretto.machine.bare..")
            .should().dependOnClassesThat().resideInAPackage("dev.ristretto.machine.process.."));
        check(noClasses().that().resideInAPackage("dev.ristretto.machine.process..")
            .should().dependOnClassesThat().resideInAPackage("dev.ristretto.machine.bare.."));
    }

    /** The same code runs in an image, on a JVM, and in a simulator: it knows the JDK's public classes and nothing else. */
    @Test
    void storageIsPlainJava() {
        check(classes().that().resideInAPackage("dev.ristretto.storage..")
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.ristretto.storage..")));
    }

    /** As storage; and nothing of what the JDK's own sockets are made of, because those stand on it. */
    @Test
    void networkIsPlainJava() {
        check(classes().that().resideInAPackage("dev.ristretto.network..")
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.ristretto.network..")));
        check(noClasses().that().resideInAPackage("dev.ristretto.network..")
            .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.channels..", "java.io..", "java.util.regex.."));
    }

    @Test
    void storageAndNetworkAreToldTheTime() {
        check(noClasses().that().resideInAnyPackage("dev.ristretto.storage..", "dev.ristretto.network..")
            .should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(java.time.Clock.class, "systemUTC")
            .orShould().callMethod(java.util.UUID.class, "randomUUID")
            .orShould().callConstructor(java.util.Random.class));
    }

    @Test
    void storageAndNetworkHaveNoHiddenThread() {
        check(noClasses().that().resideInAnyPackage("dev.ristretto.storage..", "dev.ristretto.network..")
            .should().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().dependOnClassesThat().areAssignableTo(java.util.concurrent.Executor.class));
    }

    /** A driver is written against its host, and runs on a JVM too; what knows the kernel and the machine is in one package, and what opens cards. */
    @Test
    void driversKnowNoKernel() {
        check(noClasses().that().resideInAnyPackage("dev.ristretto.devices.memory..", "dev.ristretto.devices.host..", "dev.ristretto.devices.pci..",
                "dev.ristretto.devices.virtio..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.ristretto.kernel..", "dev.ristretto.machine..", "dev.ristretto.devices.bus.."));
        check(noClasses().that().resideInAPackage("dev.ristretto.devices..").and().haveSimpleNameEndingWith("Card")
            .should().dependOnClassesThat().resideInAnyPackage("dev.ristretto.kernel..", "dev.ristretto.machine..", "dev.ristretto.devices.bus.."));
    }

    /** What a driver needs of a network or a disk is the contract alone. */
    @Test
    void driversKnowContractsAlone() {
        check(noClasses().that().resideInAPackage("dev.ristretto.devices..")
            .should().dependOnClassesThat(resideInAPackage("dev.ristretto.network..").and(not(resideInAPackage("dev.ristretto.network.device.."))))
            .orShould().dependOnClassesThat(resideInAPackage("dev.ristretto.storage..").and(not(
                resideInAnyPackage("dev.ristretto.storage.block..", "dev.ristretto.storage.ninep.transport..", "dev.ristretto.storage")))));
    }

    @Test
    void driversStartThreadsByTheKernelAlone() {
        check(noClasses().that().resideInAPackage("dev.ristretto.devices..")
            .should().callConstructor(Thread.class, Runnable.class)
            .orShould().dependOnClassesThat().areAssignableTo(java.util.concurrent.Executor.class));
    }

    /** Raw memory is for the machine and the kernel; above them for packages that are about bytes. */
    @Test
    void unsafeIsConfined() {
        check(noClasses()
            .that(not(
                    resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.devices.memory..", "dev.ristretto.jdk.nio.memory..",
                    "dev.ristretto.jdk.zip..", "dev.ristretto.jdk.security..")))
            .should().dependOnClassesThat(resideInAPackage("jdk.internal.misc").and(
                    nameMatching(".*\\.Unsafe"))));
    }

    /**
     * What builds images does not contain what goes into them, nor the other way round; but disks can be looked into from outside, files are
     * packed by the code that reads them, and the gateway and the folders of images that run as a process are made of their network's and storage's
     * code.
     */
    @Test
    void buildSideAndRunSideAreApart() {
        check(noClasses()
            .that().resideInAnyPackage("dev.ristretto.imager..", "dev.ristretto.launcher..", "dev.ristretto.cli..")
            .and().resideOutsideOfPackages("dev.ristretto.cli.disk..", "dev.ristretto.imager.files..", "dev.ristretto.launcher.gateway..",
                    "dev.ristretto.launcher.share..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.storage..",
                    "dev.ristretto.network..", "dev.ristretto.devices..", "dev.ristretto.jdk.."));
    }

    @Test
    void disksAreOpenedByTheCodeOfImages() {
        check(noClasses().that().resideInAPackage("dev.ristretto.cli.disk..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.jdk.."));
    }

    @Test
    void filesArePackedByTheirFileSystemAlone() {
        check(noClasses().that().resideInAPackage("dev.ristretto.imager.files..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.network..", "dev.ristretto.devices..",
                    "dev.ristretto.jdk.."));
    }

    @Test
    void theGatewayIsMadeOfTheNetworkAlone() {
        check(noClasses().that().resideInAPackage("dev.ristretto.launcher.gateway..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.storage..", "dev.ristretto.devices..",
                    "dev.ristretto.jdk.."));
    }

    @Test
    void foldersAreSharedByStorageAlone() {
        check(noClasses().that().resideInAPackage("dev.ristretto.launcher.share..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.network..", "dev.ristretto.devices..",
                    "dev.ristretto.jdk.."));
    }

    /** Files of a host are for tools: nothing that goes into an image may reach them. */
    @Test
    void imagesDoNotReachFilesOfAHost() {
        check(noClasses().that().resideOutsideOfPackages("dev.ristretto.storage.host..", "dev.ristretto.cli..", "dev.ristretto.launcher.share..")
            .should().dependOnClassesThat().resideInAPackage("dev.ristretto.storage.host.."));
    }

    @Test
    void noCyclesBetweenPackagesOfStorage() {
        check(slices().matching("dev.ristretto.storage.(*)..").should().beFreeOfCycles());
    }

    @Test
    void noCyclesBetweenPackagesOfNetwork() {
        check(slices().matching("dev.ristretto.network.(*)..").should().beFreeOfCycles());
    }
}
