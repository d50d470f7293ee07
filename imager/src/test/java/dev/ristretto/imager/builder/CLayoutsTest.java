package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CLayoutsTest {
    @Test
    void elementsBecomeTheLinesTheBuilderReads() {
        String text = CLayouts.parse("D", """
                # a comment
                constant C 4 s FFFFFFFFFFFFFFFF
                pointer char_ 8
                struct S 16
                field a 8 4 u
                field p 0 8
                enum E 4 u
                value V 4 u 2
                """).cacheText();
        assertEquals(List.of(
                "NativeCodeInfo:D:ConstantInfo:C:PropertyInfo:size=4",
                "NativeCodeInfo:D:ConstantInfo:C:PropertyInfo:signedness=$SIGNED$",
                "NativeCodeInfo:D:ConstantInfo:C:PropertyInfo:value=FFFFFFFFFFFFFFFF",
                "NativeCodeInfo:D:PointerToInfo:char_:PropertyInfo:size=8",
                "NativeCodeInfo:D:StructInfo:S:PropertyInfo:size=16",
                "NativeCodeInfo:D:StructInfo:S:StructFieldInfo:a:PropertyInfo:size=4",
                "NativeCodeInfo:D:StructInfo:S:StructFieldInfo:a:PropertyInfo:offset=8",
                "NativeCodeInfo:D:StructInfo:S:StructFieldInfo:a:PropertyInfo:signedness=$UNSIGNED$",
                "NativeCodeInfo:D:StructInfo:S:StructFieldInfo:p:PropertyInfo:size=8",
                "NativeCodeInfo:D:StructInfo:S:StructFieldInfo:p:PropertyInfo:offset=0",
                "NativeCodeInfo:D:EnumInfo:E:PropertyInfo:size=4",
                "NativeCodeInfo:D:EnumInfo:E:PropertyInfo:signedness=$UNSIGNED$",
                "NativeCodeInfo:D:EnumInfo:E:EnumConstantInfo:V:PropertyInfo:size=4",
                "NativeCodeInfo:D:EnumInfo:E:EnumConstantInfo:V:PropertyInfo:signedness=$UNSIGNED$",
                "NativeCodeInfo:D:EnumInfo:E:EnumConstantInfo:V:PropertyInfo:value=2"), text.lines().toList());
    }

    @Test
    void unknownElementsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CLayouts.parse("D", "union U 8").cacheText());
    }

    /** The class in the builder is the reference for the names: a new builder version may know more features. */
    @Test
    void everyCpuFeatureOfTheBuilderHasAByteOfItsOwn() throws ClassNotFoundException {
        Class<?> struct = Class.forName("com.oracle.svm.core.amd64.AMD64LibCHelper$CPUFeatures", false, getClass().getClassLoader());
        Set<String> wanted = Arrays.stream(struct.getDeclaredMethods()).map(Method::getName).filter(name -> name.startsWith("f"))
                .collect(Collectors.toSet());
        Map<String, Integer> offsets = CLayouts.cpuFeatureOffsets();
        assertEquals(wanted, offsets.keySet());
        assertEquals(offsets.size(), new HashSet<>(offsets.values()).size());
    }

    @Test
    void theCacheHasAFileForEachClassOfDirectives(@TempDir Path directory) throws Exception {
        List<String> arguments = CAnnotationCache.install(directory);
        assertTrue(arguments.contains("-H:+UseCAPCache"));
        assertTrue(Files.readString(directory.resolve("cap/JNIHeaderDirectives.cap"))
                .contains("NativeCodeInfo:JNIHeaderDirectives:ConstantInfo:JNI_OK:PropertyInfo:value=0\n"));
        assertTrue(Files.exists(directory.resolve("include/svm_locale.h")));
    }
}
