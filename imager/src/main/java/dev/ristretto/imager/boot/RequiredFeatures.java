package dev.ristretto.imager.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Features that a processor must have, which {@link EntryCode} compares with CPUID before the first compiled method runs. */
final class RequiredFeatures {
    /** Bytes in one row of the table: leaf, register, mask, and the name, which zeros end and fill. */
    static final int ROW = 32;
    /** What all images need: the compiler has no older target here, and the boot code switches AVX on. */
    private static final String LEVEL = "x86-64-v3";

    private static final int EBX = 1;
    private static final int ECX = 2;

    /** System V ABI, AMD64 supplement §3.1.1; without what every processor for 64 bits has. */
    private static final List<Feature> OF_LEVEL = List.of(
            new Feature(1, ECX, 0, "SSE3"), new Feature(1, ECX, 9, "SSSE3"), new Feature(1, ECX, 12, "FMA"), new Feature(1, ECX, 13, "CMPXCHG16B"),
            new Feature(1, ECX, 19, "SSE4.1"), new Feature(1, ECX, 20, "SSE4.2"), new Feature(1, ECX, 22, "MOVBE"),
            new Feature(1, ECX, 23, "POPCNT"), new Feature(1, ECX, 26, "XSAVE"), new Feature(1, ECX, 28, "AVX"), new Feature(1, ECX, 29, "F16C"),
            new Feature(7, EBX, 3, "BMI1"), new Feature(7, EBX, 5, "AVX2"), new Feature(7, EBX, 8, "BMI2"),
            new Feature(0x80000001, ECX, 5, "LZCNT"));
    /** What the compiler may be allowed to use besides, by its own names (SDM vol. 2 "CPUID"; leaf 80000001h: APM vol. 3, appendix E). */
    private static final List<Feature> BEYOND = List.of(
            new Feature(1, ECX, 1, "CLMUL"), new Feature(1, ECX, 25, "AES"),
            new Feature(7, EBX, 9, "ERMS"), new Feature(7, EBX, 16, "AVX512F"), new Feature(7, EBX, 17, "AVX512DQ"), new Feature(7, EBX, 19, "ADX"),
            new Feature(7, EBX, 21, "AVX512_IFMA"), new Feature(7, EBX, 23, "FLUSHOPT"), new Feature(7, EBX, 24, "CLWB"),
            new Feature(7, EBX, 26, "AVX512PF"), new Feature(7, EBX, 27, "AVX512ER"), new Feature(7, EBX, 28, "AVX512CD"),
            new Feature(7, EBX, 29, "SHA"), new Feature(7, EBX, 30, "AVX512BW"), new Feature(7, EBX, 31, "AVX512VL"),
            new Feature(7, ECX, 1, "AVX512_VBMI"), new Feature(7, ECX, 3, "PKU"), new Feature(7, ECX, 6, "AVX512_VBMI2"), new Feature(7, ECX, 8, "GFNI"),
            new Feature(7, ECX, 9, "AVX512_VAES"), new Feature(7, ECX, 10, "AVX512_VPCLMULQDQ"), new Feature(7, ECX, 11, "AVX512_VNNI"),
            new Feature(7, ECX, 12, "AVX512_BITALG"), new Feature(7, ECX, 14, "AVX512_VPOPCNTDQ"), new Feature(7, ECX, 22, "RDPID"),
            new Feature(0x80000001, ECX, 6, "SSE4A"), new Feature(0x80000001, ECX, 8, "AMD_3DNOW_PREFETCH"));

    private record Feature(int leaf, int register, int bit, String name) {
    }

    private RequiredFeatures() {
    }

    /** The table for an image: all of the level, and those of the compiler's features that go beyond it. A row of zeros ends it. */
    static byte[] table(Collection<String> features) {
        List<Feature> required = new ArrayList<>(OF_LEVEL);
        required.addAll(beyond(features));
        ByteBuffer table = ByteBuffer.allocate(ROW * (required.size() + 1)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < required.size(); i++) {
            Feature feature = required.get(i);
            table.position(i * ROW).putInt(feature.leaf).putInt(feature.register).putInt(1 << feature.bit);
            table.put(feature.name.getBytes(StandardCharsets.US_ASCII));
        }
        return table.array();
    }

    /** The same for people and launchers: the level, and the names of the others in small letters. */
    static List<String> words(Collection<String> features) {
        List<String> words = new ArrayList<>(List.of(LEVEL));
        beyond(features).forEach(feature -> words.add(feature.name.toLowerCase(Locale.ROOT)));
        return words;
    }

    private static List<Feature> beyond(Collection<String> features) {
        return BEYOND.stream().filter(feature -> features.contains(feature.name)).toList();
    }
}
