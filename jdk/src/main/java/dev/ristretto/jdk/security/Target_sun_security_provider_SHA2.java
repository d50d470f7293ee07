package dev.ristretto.jdk.security;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Chooses between the processor's instructions and what there is without them. */
@TargetClass(className = "sun.security.provider.SHA2")
final class Target_sun_security_provider_SHA2 {
    @Alias
    private int[] state;

    @Alias
    private native void implCompressCheck(byte[] buf, int ofs);

    @Alias
    private native void implCompress0(byte[] buf, int ofs);

    @Substitute
    void implCompress(byte[] buf, int ofs) {
        implCompressCheck(buf, ofs);
        if (Sha256Instructions.arePresent()) {
            Sha256Instructions.compress(state, buf, ofs);
        } else {
            implCompress0(buf, ofs);
        }
    }
}
