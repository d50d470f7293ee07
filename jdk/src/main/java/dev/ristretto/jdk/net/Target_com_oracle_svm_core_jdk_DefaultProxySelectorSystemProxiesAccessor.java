package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Whether the operating system knows of proxies: where SubstrateVM would ask the native method of the selector. */
@TargetClass(className = "com.oracle.svm.core.jdk.DefaultProxySelectorSystemProxiesAccessor")
final class Target_com_oracle_svm_core_jdk_DefaultProxySelectorSystemProxiesAccessor {

    @Substitute
    static boolean ensureInitialized() {
        return false;
    }
}
