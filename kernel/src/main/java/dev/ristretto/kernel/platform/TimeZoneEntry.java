package dev.ristretto.kernel.platform;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.headers.LibC;
import dev.ristretto.kernel.boot.CommandLine;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;

/** The function of SubstrateVM's C helper library that finds the time zone's name. */
final class TimeZoneEntry {
    private static final CGlobalData<CCharPointer> UTC = CGlobalDataFactory.createCString("UTC");

    private TimeZoneEntry() {
    }

    /** The environment's {@code TZ}, or UTC; in memory that the caller frees. */
    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "SVM_FindJavaTZmd")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static CCharPointer find(@SuppressWarnings("unused") CCharPointer mappings, @SuppressWarnings("unused") int length) {
        Pointer zone = CommandLine.value("env.TZ=");
        return LibC.strdup(zone.isNonNull() ? (CCharPointer) zone : UTC.get());
    }
}
