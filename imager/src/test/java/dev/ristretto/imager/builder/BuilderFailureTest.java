package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.ImagingException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuilderFailureTest {
    private static ImagingException after(int status, String output) {
        BuilderFailure failure = new BuilderFailure(Path.of("builder.log"));
        output.lines().forEach(failure::line);
        return failure.exception(status);
    }

    @Test
    void errorsAreToldWithoutTheirTraces() {
        ImagingException e = after(1, """
                [1/8] Initializing...
                Error: Class x.Y is not there
                Detailed message:
                more of it
                \tat a.b.C.d(C.java:1)
                ------------
                Failed generating 'program' after 7.5s.
                """);
        assertTrue(e.getMessage().contains("Class x.Y is not there"), e.getMessage());
        assertTrue(e.getMessage().contains("more of it"), e.getMessage());
        assertFalse(e.getMessage().contains("C.java"), e.getMessage());
        assertTrue(e.hint().contains("builder.log"), e.hint());
    }

    @Test
    void unexpectedErrorsAreToldToo() {
        ImagingException e = after(1, """
                The build process encountered an unexpected error:

                > java.lang.IllegalStateException: something is off

                Please inspect the generated error report at:
                """);
        assertTrue(e.getMessage().contains("something is off"), e.getMessage());
    }

    @Test
    void aKilledBuilderIsToldAsSuch() {
        ImagingException e = after(137, "[2/8] Performing analysis...");
        assertTrue(e.getMessage().contains("signal 9"), e.getMessage());
        assertTrue(e.hint().contains("memory"), e.hint());
    }
}
