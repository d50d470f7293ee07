package dev.ristretto.imager.inside;

import com.oracle.graal.pointsto.infrastructure.SubstitutionProcessor;
import com.oracle.svm.hosted.FeatureImpl.DuringSetupAccessImpl;
import com.oracle.svm.hosted.annotation.CustomSubstitutionType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.vm.ci.meta.ConstantPool;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.ResolvedJavaType;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Gives the classes that the JDK makes for {@code switch} over types and for string concatenation names that are the same in each build.
 *
 * <p>The builder's JVM names such a class after the address where it put it, and the names decide the order of methods and objects in
 * the image. The builder renames lambdas and method handles for that reason; this does the same for the rest. A name is made of the
 * class' contents; classes with the same contents are told apart by numbers, in the order in which the builder comes upon them.
 */
public final class StableNamesFeature implements Feature {
    private static final List<String> MADE_BY_THE_JDK = List.of("$$TypeSwitch", "$$StringConcat");
    /** As the compiler interface writes what {@link Class#getName()} has behind a slash. */
    private static final String ADDRESS_PREFIX = ".0x";
    private static final int ADDRESS_DIGITS = 16;
    /** More than an address has, so that a renamed class does not look like one with an address. */
    private static final int NAME_BYTES = 12;

    @Override
    public String getDescription() {
        return "Names hidden classes by their contents";
    }

    @Override
    public void duringSetup(DuringSetupAccess access) {
        ((DuringSetupAccessImpl) access).registerSubstitutionProcessor(new Renaming());
    }

    private static final class Renaming extends SubstitutionProcessor {
        private final Map<ResolvedJavaType, Renamed> renamed = new ConcurrentHashMap<>();
        private final Map<String, Integer> taken = new HashMap<>();

        @Override
        public ResolvedJavaType lookup(ResolvedJavaType type) {
            if (type instanceof CustomSubstitutionType || !hasAddress(type.getName())) {
                return type;
            }
            return renamed.computeIfAbsent(type, original -> new Renamed(original, unique(stableName(original))));
        }

        private String unique(String name) {
            synchronized (taken) {
                return name + taken.merge(name, 1, Integer::sum) + ";";
            }
        }
    }

    private static final class Renamed extends CustomSubstitutionType {
        private final String name;

        Renamed(ResolvedJavaType original, String name) {
            super(original);
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }
    }

    private static boolean hasAddress(String name) {
        int address = name.length() - ADDRESS_PREFIX.length() - ADDRESS_DIGITS - ";".length();
        return address > 0 && name.startsWith(ADDRESS_PREFIX, address) && MADE_BY_THE_JDK.stream().anyMatch(name::contains);
    }

    /** Without the number and the semicolon at the end. */
    private static String stableName(ResolvedJavaType type) {
        String withAddress = type.getName();
        String name = withAddress.substring(0, withAddress.lastIndexOf(ADDRESS_PREFIX));
        MessageDigest digest = sha256();
        List<ResolvedJavaMethod> methods = new ArrayList<>(List.of(type.getDeclaredMethods(false)));
        methods.forEach(method -> {
            add(digest, method.getName() + method.getSignature().toMethodDescriptor());
            digest.update(method.getCode() == null ? new byte[0] : method.getCode());
        });
        if (!methods.isEmpty()) {
            ConstantPool pool = methods.getFirst().getConstantPool();
            for (int i = 1; i < pool.length(); i++) {
                String text = text(pool, i);
                // Its own name is among them, with the address.
                if (text != null && !text.contains("$$")) {
                    add(digest, i + " " + text);
                }
            }
        }
        return name + ADDRESS_PREFIX + HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    }

    /** The text of an entry, null if it is one of another kind. */
    private static String text(ConstantPool pool, int index) {
        try {
            return pool.lookupUtf8(index);
        } catch (IllegalArgumentException otherKind) {
            return null;
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
