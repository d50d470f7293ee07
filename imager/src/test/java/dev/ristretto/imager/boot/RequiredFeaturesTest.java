package dev.ristretto.imager.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.vm.ci.amd64.AMD64.CPUFeature;
import org.junit.jupiter.api.Test;

class RequiredFeaturesTest {
    /** By the compiler's names. */
    private static final Set<CPUFeature> LEVEL = EnumSet.of(CPUFeature.SSE3, CPUFeature.SSSE3, CPUFeature.FMA, CPUFeature.SSE4_1, CPUFeature.SSE4_2,
            CPUFeature.POPCNT, CPUFeature.AVX, CPUFeature.F16C, CPUFeature.BMI1, CPUFeature.AVX2, CPUFeature.BMI2, CPUFeature.LZCNT);
    /** What every processor for 64 bits has, or what is known of one but no instruction that the compiler emits. */
    private static final Set<CPUFeature> NOT_LOOKED_FOR = EnumSet.of(CPUFeature.CX8, CPUFeature.CMOV, CPUFeature.FXSR, CPUFeature.HT, CPUFeature.MMX,
            CPUFeature.SSE, CPUFeature.SSE2, CPUFeature.TSC, CPUFeature.TSCINV, CPUFeature.TSCINV_BIT, CPUFeature.RTM, CPUFeature.VZEROUPPER,
            CPUFeature.FLUSH, CPUFeature.HV, CPUFeature.SERIALIZE, CPUFeature.RDTSCP, CPUFeature.FSRM, CPUFeature.OSPKE, CPUFeature.CET_IBT,
            CPUFeature.CET_SS, CPUFeature.AVX_IFMA, CPUFeature.APX_F, CPUFeature.SHA512, CPUFeature.AVX512_FP16, CPUFeature.AVX10_1, CPUFeature.AVX10_2);

    private static List<String> names(byte[] table) {
        return IntStream.range(0, table.length / RequiredFeatures.ROW - 1).mapToObj(row -> {
            byte[] name = Arrays.copyOfRange(table, row * RequiredFeatures.ROW + 12, (row + 1) * RequiredFeatures.ROW);
            assertEquals(0, name[name.length - 1], "names end with a zero");
            return new String(name, StandardCharsets.US_ASCII).replace("\0", "");
        }).toList();
    }

    @Test
    void whatTheCompilerIsAllowedToUseIsLookedFor() {
        byte[] table = RequiredFeatures.table(List.of("SSE2", "AVX2", "CLMUL", "AES"));
        ByteBuffer rows = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        int last = table.length - 2 * RequiredFeatures.ROW;
        assertEquals(1, rows.getInt(last));
        assertEquals(2, rows.getInt(last + 4));
        assertEquals(1 << 25, rows.getInt(last + 8));
        assertEquals(0, rows.getInt(table.length - RequiredFeatures.ROW), "leaf 0 ends the table");
        assertEquals(List.of("CLMUL", "AES"), names(table).subList(names(table).size() - 2, names(table).size()));
        assertEquals(List.of("x86-64-v3", "clmul", "aes"), RequiredFeatures.words(List.of("SSE2", "AVX2", "CLMUL", "AES")));
    }

    @Test
    void olderProcessorsAreRefusedWhateverTheCompilerDoes() {
        assertEquals(List.of("x86-64-v3"), RequiredFeatures.words(List.of()));
        assertTrue(names(RequiredFeatures.table(List.of())).contains("AVX2"));
    }

    /** A newer compiler that knows more features makes this fail: then somebody has to say whether images are to look for them. */
    @Test
    void nothingThatTheCompilerKnowsIsForgotten() {
        Set<String> all = Arrays.stream(CPUFeature.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(names(RequiredFeatures.table(all)));
        LEVEL.forEach(feature -> known.add(feature.name()));
        NOT_LOOKED_FOR.forEach(feature -> known.add(feature.name()));
        all.removeAll(known);
        assertEquals(Set.of(), all);
    }
}
