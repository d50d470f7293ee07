package dev.ristretto.imager.jvm.base;

import java.lang.reflect.Constructor;
import java.lang.reflect.Member;

/** Hash codes of methods, constructors and fields made of names, where the JDK's contain the address that the name of a hidden class ends in. */
public final class MemberHash {
    /** Between the name of a hidden class and its address; in no other name that {@link Class#getName()} returns. */
    private static final char ADDRESS_PREFIX = '/';

    private MemberHash() {
    }

    /** For {@code hashCode} of members. */
    public static int of(Member member) {
        String type = member.getDeclaringClass().getName();
        int address = type.lastIndexOf(ADDRESS_PREFIX);
        int hash = address < 0 ? type.hashCode() : type.substring(0, address).hashCode();
        return member instanceof Constructor ? hash : hash ^ member.getName().hashCode();
    }
}
