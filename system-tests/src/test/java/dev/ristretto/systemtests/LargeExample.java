package dev.ristretto.systemtests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On tests of examples whose images take minutes to build: run when asked for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "ristretto.test.examples", matches = "true",
        disabledReason = "its image takes minutes to build: -Dristretto.test.examples=true")
@interface LargeExample {
}
