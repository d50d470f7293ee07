package dev.ristretto.jdk.lang;

import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.WordFactory;

import com.oracle.svm.core.LibCHelper;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import dev.ristretto.kernel.boot.BootArguments;

/** The two functions of SubstrateVM's C library for the JDK that its Java code calls. */
@TargetClass(LibCHelper.class)
final class Target_com_oracle_svm_core_LibCHelper {

    /**
     * The name of the time zone, in memory that the caller frees. The annotation satisfies a check that is made of all native methods in
     * classes for C libraries; as this one has a body, it has no effect.
     */
    @Substitute
    @CFunction("SVM_FindJavaTZmd")
    @SuppressWarnings("unused")
    private static CCharPointer SVM_FindJavaTZmd(CCharPointer tzMappings, int length) {
        String id = SystemTimeZone.id(Environment.get(BootArguments.environment(), "TZ"));
        CCharPointer result = UnmanagedMemory.malloc(WordFactory.unsigned(id.length() + 1));
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            // Names of zones are ASCII; anything else is none.
            result.write(i, (byte) (c < 0x80 ? c : '?'));
        }
        result.write(id.length(), (byte) 0);
        return result;
    }
}
