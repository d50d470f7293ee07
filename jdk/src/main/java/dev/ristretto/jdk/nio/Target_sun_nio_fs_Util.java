package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Names of files are UTF-8, whatever the locale of the machine that builds the image: the original takes over its setting. */
@TargetClass(className = "sun.nio.fs.Util")
final class Target_sun_nio_fs_Util {
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.FromAlias)
    private static Charset jnuEncoding = StandardCharsets.UTF_8;
}
