package dev.ristretto.systemtests;

import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** The JUnit tests of image-tests, run inside an image and reported here one by one. */
class InImageTestsIT {

    /** Bounds a test that hangs without hanging the machine; far more than any test takes on an emulated processor. */
    private static final String TIMEOUT = "-Djunit.jupiter.execution.timeout.testable.method.default=240s";

    @TestFactory
    Stream<DynamicTest> inImage() throws Exception {
        InImageRun run = new InImageRun(TestImage.get(), List.of(TIMEOUT), Checkout.target("in-image-tests.log"));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(run, 0), false)
                .map(outcome -> DynamicTest.dynamicTest(outcome.name(), () -> report(outcome)));
    }

    private static void report(InImageRun.Outcome outcome) {
        Assumptions.assumeTrue(outcome.skipped() == null, outcome.skipped());
        if (outcome.failure() != null) {
            throw new AssertionFailedError("Inside the image: " + outcome.failure());
        }
    }
}
