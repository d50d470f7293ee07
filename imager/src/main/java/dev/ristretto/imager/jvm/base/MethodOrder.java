package dev.ristretto.imager.jvm.base;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/** Orders methods by what is written in their class file, where HotSpot has them in the order in which their names lie in memory. */
public final class MethodOrder implements Comparator<Method> {
    private static final MethodOrder ORDER = new MethodOrder();

    private MethodOrder() {
    }

    /** Sorts the methods of one class in place, and returns them. */
    public static Method[] sorted(Method[] methods) {
        Arrays.sort(methods, ORDER);
        return methods;
    }

    @Override
    public int compare(Method a, Method b) {
        int order = a.getName().compareTo(b.getName());
        if (order == 0) {
            order = compare(a.getParameterTypes(), b.getParameterTypes());
        }
        return order != 0 ? order : a.getReturnType().getName().compareTo(b.getReturnType().getName());
    }

    private static int compare(Class<?>[] a, Class<?>[] b) {
        int order = Integer.compare(a.length, b.length);
        for (int i = 0; order == 0 && i < a.length; i++) {
            order = a[i].getName().compareTo(b[i].getName());
        }
        return order;
    }
}
