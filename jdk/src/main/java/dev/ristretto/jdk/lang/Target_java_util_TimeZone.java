package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The zone when {@code TZ} names none that the JDK knows; SubstrateVM itself answers for the zone's name. */
@TargetClass(java.util.TimeZone.class)
final class Target_java_util_TimeZone {

    @Substitute
    private static String getSystemGMTOffsetID() {
        return SystemTimeZone.UTC;
    }
}
