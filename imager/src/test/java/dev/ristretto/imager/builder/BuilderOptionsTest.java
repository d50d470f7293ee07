package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuilderOptionsTest {
    private static BuilderOptions of(String... words) {
        return new BuilderOptions().add(List.of(words));
    }

    @Test
    void optionsOfTheCommandBecomeOptionsOfTheBuilder() {
        assertEquals(List.of("-H:+X", "-R:Y=1", "-H:ClassInitialization=a.b:build_time,c:build_time", "-H:ClassInitialization=d:run_time",
                        "-H:Features=f.F", "-H:EnableURLProtocols=http", "-H:LinkAtBuildTime=", "-H:MicroArchitecture=x86-64-v2",
                        "-H:Optimize=b"),
                of("-H:+X", "-R:Y=1", "--initialize-at-build-time=a.b,c", "--initialize-at-run-time=d", "--features=f.F", "--enable-http",
                        "--link-at-build-time", "-march=x86-64-v2", "-Ob").builder());
    }

    @Test
    void propertiesAndJvmOptionsGoToTheJvm() {
        assertEquals(List.of("-Da=b", "-Xmx3g"), of("-Da=b", "-J-Xmx3g").jvm());
    }

    @Test
    void moduleOptionsGoToBothAndMayHaveTheirValueInTheNextWord() {
        BuilderOptions options = of("--add-opens", "java.base/x=ALL-UNNAMED", "--add-exports=java.base/y=ALL-UNNAMED");
        assertEquals(List.of("--add-opens=java.base/x=ALL-UNNAMED", "--add-exports=java.base/y=ALL-UNNAMED"), options.jvm());
        assertEquals(List.of("-H:AddOpens=java.base/x=ALL-UNNAMED", "-H:AddExports=java.base/y=ALL-UNNAMED"), options.builder());
    }

    @Test
    void whatMeansNothingIsPassedOverAndWhatIsNoOptionIsTold() {
        BuilderOptions options = of("--no-fallback", "--gc=G1", "--nonsense=1");
        assertEquals(List.of(), options.builder());
        assertEquals(List.of("--gc=G1", "--nonsense=1"), options.unknown());
    }
}
