package dev.ristretto.imager.jvm.compiler;

import java.util.Arrays;
import java.util.Comparator;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.ResolvedJavaType;

/** Orders and hash codes made of names, where HotSpot's compiler interface makes them of addresses. */
public final class Repeatable {
    /** Before the address in the name of a hidden class. */
    private static final String ADDRESS_PREFIX = ".0x";

    private static final Comparator<ResolvedJavaMethod> ORDER = new Comparator<>() {
        @Override
        public int compare(ResolvedJavaMethod a, ResolvedJavaMethod b) {
            int order = a.getName().compareTo(b.getName());
            return order != 0 ? order : a.getSignature().toMethodDescriptor().compareTo(b.getSignature().toMethodDescriptor());
        }
    };

    private Repeatable() {
    }

    /** Sorts the methods of one class in place, and returns them. */
    public static ResolvedJavaMethod[] sorted(ResolvedJavaMethod[] methods) {
        Arrays.sort(methods, ORDER);
        return methods;
    }

    /** For {@code hashCode} of methods. */
    public static int hash(ResolvedJavaMethod method) {
        return 31 * (31 * method.getDeclaringClass().hashCode() + method.getName().hashCode()) + method.getSignature().hashCode();
    }

    /** For {@code hashCode} of types. */
    public static int hash(ResolvedJavaType type) {
        String name = type.getName();
        int address = name.lastIndexOf(ADDRESS_PREFIX);
        return address < 0 ? name.hashCode() : name.substring(0, address).hashCode();
    }
}
