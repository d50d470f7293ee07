package dev.ristretto.launcher.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The processor features a guest sees, as its own CPUID instruction answered. */
public final class CpuFeatures {
    /** Words of CPUID output that {@link #ofWords} takes: leaf 0 EAX, 1 ECX EDX, 7 EBX ECX EDX, 80000001h ECX EDX. */
    public static final int WORDS = 8;

    /** Bits from the Intel SDM, vol. 2, CPUID (and AMD's APM vol. 3, appendix E, for leaf 80000001h). */
    private enum Feature {
        SSE3(1, 0), CLMUL(1, 1), SSSE3(1, 9), FMA(1, 12), CX16(1, 13), SSE41(1, 19), SSE42(1, 20), MOVBE(1, 22), POPCNT(1, 23), AES(1, 25),
        XSAVE(1, 26), AVX(1, 28), F16C(1, 29), RDRAND(1, 30),
        TSC(2, 4), CX8(2, 8), CMOV(2, 15), MMX(2, 23), FXSR(2, 24), SSE(2, 25), SSE2(2, 26),
        FSGSBASE(3, 0), BMI1(3, 3), AVX2(3, 5), BMI2(3, 8), ERMS(3, 9), AVX512F(3, 16), AVX512DQ(3, 17), RDSEED(3, 18), ADX(3, 19),
        AVX512CD(3, 28), SHA(3, 29), AVX512BW(3, 30), AVX512VL(3, 31),
        LAHF(6, 0), LZCNT(6, 5),
        NX(7, 20), LM(7, 29);

        final int word;
        final int bit;

        Feature(int word, int bit) {
            this.word = word;
            this.bit = bit;
        }
    }

    private static final Set<Feature> V1 = EnumSet.of(Feature.CMOV, Feature.CX8, Feature.FXSR, Feature.MMX, Feature.SSE, Feature.SSE2,
            Feature.LM);
    private static final Set<Feature> V2 = with(V1, Feature.CX16, Feature.LAHF, Feature.POPCNT, Feature.SSE3, Feature.SSE41, Feature.SSE42,
            Feature.SSSE3);
    private static final Set<Feature> V3 = with(V2, Feature.AVX, Feature.AVX2, Feature.BMI1, Feature.BMI2, Feature.F16C, Feature.FMA,
            Feature.LZCNT, Feature.MOVBE, Feature.XSAVE);
    private static final Set<Feature> V4 = with(V3, Feature.AVX512F, Feature.AVX512BW, Feature.AVX512CD, Feature.AVX512DQ,
            Feature.AVX512VL);
    /** The levels of the x86-64 psABI, section 3.1.1. */
    private static final Map<String, Set<Feature>> LEVELS = Map.of("x8664", V1, "x8664v1", V1, "x8664v2", V2, "x8664v3", V3, "x8664v4", V4);

    private final Set<Feature> present;

    private CpuFeatures(Set<Feature> present) {
        this.present = present;
    }

    /** Reads {@link #WORDS} words in the order given there. */
    public static CpuFeatures ofWords(int[] words) {
        Set<Feature> present = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            boolean answered = feature.word < 3 || feature.word > 5 || words[0] >= 7;
            if (answered && (words[feature.word] >>> feature.bit & 1) != 0) {
                present.add(feature);
            }
        }
        return new CpuFeatures(present);
    }

    /**
     * Which of the features in {@code needed} are not here, by their usual names. Words are features ({@code avx2}, {@code sse4.1}) or
     * levels ({@code x86-64-v3}), in any spelling; a word nobody here knows is passed over, because the image checks for itself as well.
     */
    public List<String> missing(Collection<String> needed) {
        List<String> missing = new ArrayList<>();
        for (String word : needed) {
            for (Feature feature : features(word)) {
                String name = feature.name().toLowerCase(Locale.ROOT);
                if (!present.contains(feature) && !missing.contains(name)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }

    private static Set<Feature> features(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        Set<Feature> level = LEVELS.get(plain);
        if (level != null) {
            return level;
        }
        for (Feature feature : Feature.values()) {
            if (feature.name().toLowerCase(Locale.ROOT).equals(plain)) {
                return EnumSet.of(feature);
            }
        }
        return Set.of();
    }

    private static Set<Feature> with(Set<Feature> base, Feature... more) {
        Set<Feature> all = EnumSet.copyOf(base);
        all.addAll(List.of(more));
        return all;
    }
}
