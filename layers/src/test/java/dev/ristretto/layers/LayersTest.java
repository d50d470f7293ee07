package dev.ristretto.layers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Which module may use which: the table of the architecture. */
@AnalyzeClasses(packages = "dev.ristretto", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule LAYERS = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("machine").definedBy("dev.ristretto.machine..")
            .layer("kernel").definedBy("dev.ristretto.kernel..")
            .layer("storage").definedBy("dev.ristretto.storage..")
            .layer("jdk").definedBy("dev.ristretto.jdk..")
            .layer("imager").definedBy("dev.ristretto.imager..")
            .layer("launcher").definedBy("dev.ristretto.launcher..")
            .layer("cli").definedBy("dev.ristretto.cli..")
            .whereLayer("machine").mayOnlyBeAccessedByLayers("kernel")
            .whereLayer("kernel").mayOnlyBeAccessedByLayers("jdk")
            .whereLayer("storage").mayOnlyBeAccessedByLayers("jdk")
            .whereLayer("jdk").mayNotBeAccessedByAnyLayer()
            .whereLayer("imager").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("launcher").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer();

    /** The machine's contract is for everybody above it, an implementation for nobody; one class picks it for an image. */
    @ArchTest
    static final ArchRule NOTHING_ABOVE_THE_MACHINE_TOUCHES_HARDWARE = noClasses()
            .that().resideOutsideOfPackage("dev.ristretto.machine..")
            .and().doNotHaveFullyQualifiedName("dev.ristretto.kernel.platform.KernelFeature")
            .should().dependOnClassesThat().resideInAPackage("dev.ristretto.machine.bare..");

    /** The same code runs in an image, on a JVM, and in a simulator: it knows the JDK's public classes and nothing else. */
    @ArchTest
    static final ArchRule STORAGE_IS_PLAIN_JAVA = classes().that().resideInAPackage("dev.ristretto.storage..")
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.ristretto.storage.."));

    @ArchTest
    static final ArchRule STORAGE_IS_TOLD_THE_TIME = noClasses().that().resideInAPackage("dev.ristretto.storage..")
            .should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(java.time.Clock.class, "systemUTC")
            .orShould().callMethod(java.util.UUID.class, "randomUUID")
            .orShould().callConstructor(java.util.Random.class);

    @ArchTest
    static final ArchRule STORAGE_HAS_NO_HIDDEN_THREAD = noClasses().that().resideInAPackage("dev.ristretto.storage..")
            .should().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().dependOnClassesThat().areAssignableTo(java.util.concurrent.Executor.class);

    /** Raw memory is for the machine and the kernel; above them for the package that is named for it. */
    @ArchTest
    static final ArchRule UNSAFE_IS_CONFINED = noClasses()
            .that(not(
                    resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.jdk.nio.memory..")))
            .should().dependOnClassesThat(resideInAPackage("jdk.internal.misc").and(
                    nameMatching(".*\\.Unsafe")));

    /** What builds images does not contain what goes into them, nor the other way round. */
    @ArchTest
    static final ArchRule BUILD_SIDE_AND_RUN_SIDE_ARE_APART = noClasses()
            .that().resideInAnyPackage("dev.ristretto.imager..", "dev.ristretto.launcher..", "dev.ristretto.cli..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("dev.ristretto.machine..", "dev.ristretto.kernel..", "dev.ristretto.storage..", "dev.ristretto.jdk..");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES_OF_STORAGE = slices().matching("dev.ristretto.storage.(*)..").should().beFreeOfCycles();
}
