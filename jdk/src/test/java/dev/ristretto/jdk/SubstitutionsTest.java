package dev.ristretto.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes that replace parts of the JDK fit the JDK that this builds on, which the builder would find out much later. */
class SubstitutionsTest {
    /** Classes of which every native method must be replaced, because a program may call any of them. */
    private static final List<String> COMPLETE = List.of("java.io.FileDescriptor", "java.io.FileInputStream", "java.io.FileOutputStream",
            "java.io.RandomAccessFile", "java.io.FileCleanable", "java.io.UnixFileSystem", "java.io.Console", "java.nio.MappedMemoryUtils",
            "sun.nio.ch.UnixFileDispatcherImpl", "sun.nio.ch.FileDispatcherImpl", "sun.nio.ch.UnixDispatcher", "sun.nio.ch.NativeThread",
            "sun.nio.ch.FileKey", "sun.nio.ch.IOUtil", "sun.nio.ch.Net", "sun.nio.ch.SocketDispatcher", "sun.nio.ch.DatagramDispatcher",
            "sun.nio.ch.DatagramChannelImpl", "sun.nio.ch.NativeSocketAddress", "sun.nio.ch.EPoll", "sun.nio.ch.EventFD", "sun.nio.ch.UnixDomainSockets",
            "sun.nio.ch.InheritedChannel", "sun.nio.ch.UnixAsynchronousSocketChannelImpl", "java.net.NetworkInterface", "java.net.Inet4AddressImpl",
            "java.net.Inet6AddressImpl", "java.net.InetAddress", "java.net.Inet4Address", "java.net.Inet6Address", "sun.nio.fs.UnixNativeDispatcher", "sun.nio.fs.LinuxNativeDispatcher",
            "sun.nio.fs.UnixFileSystem", "jdk.internal.io.JdkConsoleImpl");

    @Test
    void everyReplacementHasItsOriginal() throws Exception {
        List<String> problems = new ArrayList<>();
        List<Class<?>> targets = targets();
        for (Class<?> target : targets) {
            Class<?> original = original(target);
            for (Method method : target.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Substitute.class) || method.isAnnotationPresent(Alias.class)) {
                    checkMethod(original, method, problems);
                } else {
                    problems.add(method + " lacks an annotation, which the builder refuses");
                }
            }
            for (Constructor<?> constructor : target.getDeclaredConstructors()) {
                if (constructor.isAnnotationPresent(Alias.class)) {
                    original.getDeclaredConstructor(parameters(constructor));
                }
            }
            for (Field field : target.getDeclaredFields()) {
                Field originalField = original.getDeclaredField(field.getName());
                if (originalField.getType() != real(field.getType()) || isStatic(originalField.getModifiers()) != isStatic(field.getModifiers())) {
                    problems.add(field + " is not like " + originalField);
                }
            }
        }
        assertEquals(List.of(), problems);
        assertFalse(targets.isEmpty(), "found no replacement at all");
    }

    @Test
    void everyNativeMethodOfAClassIsReplaced() throws Exception {
        Set<String> replaced = new HashSet<>();
        for (Class<?> target : targets()) {
            for (Method method : target.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Substitute.class)) {
                    replaced.add(original(target).getName() + "." + method.getName());
                }
            }
        }
        Set<String> missing = new TreeSet<>();
        for (String name : COMPLETE) {
            for (Method method : Class.forName(name, false, null).getDeclaredMethods()) {
                if (Modifier.isNative(method.getModifiers()) && !replaced.contains(name + "." + method.getName())) {
                    missing.add(name + "." + method.getName());
                }
            }
        }
        missing.remove("sun.nio.ch.Net.discardOOB"); // which SubstrateVM replaces itself
        assertEquals(Set.of(), missing);
    }

    private static void checkMethod(Class<?> original, Method method, List<String> problems) throws Exception {
        Method originalMethod;
        try {
            originalMethod = original.getDeclaredMethod(method.getName(), parameters(method));
        } catch (NoSuchMethodException e) {
            problems.add(method + " has no original");
            return;
        }
        if (originalMethod.getReturnType() != real(method.getReturnType())
                || isStatic(originalMethod.getModifiers()) != isStatic(method.getModifiers())) {
            problems.add(method + " is not like " + originalMethod);
        }
    }

    private static boolean isStatic(int modifiers) {
        return Modifier.isStatic(modifiers);
    }

    private static Class<?>[] parameters(Executable executable) throws Exception {
        Class<?>[] types = executable.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            types[i] = real(types[i]);
        }
        return types;
    }

    private static Class<?> real(Class<?> type) throws Exception {
        return type.isAnnotationPresent(TargetClass.class) ? original(type) : type;
    }

    private static Class<?> original(Class<?> target) throws ClassNotFoundException {
        TargetClass annotation = target.getAnnotation(TargetClass.class);
        if (annotation.value() != TargetClass.class) {
            return annotation.value();
        }
        String inner = String.join("$", annotation.innerClass());
        return Class.forName(annotation.className() + (inner.isEmpty() ? "" : "$" + inner), false, ClassLoader.getSystemClassLoader());
    }

    private static List<Class<?>> targets() throws IOException, ReflectiveOperationException {
        Path classes = Path.of(SubstitutionsTest.class.getProtectionDomain().getCodeSource().getLocation().getPath()).resolveSibling("classes");
        List<Class<?>> targets = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = classes.relativize(file).toString();
                if (file.getFileName().toString().startsWith("Target_") && name.endsWith(".class")) {
                    targets.add(Class.forName(name.replace(".class", "").replace('/', '.'), false, SubstitutionsTest.class.getClassLoader()));
                }
            }
        }
        return targets;
    }
}
