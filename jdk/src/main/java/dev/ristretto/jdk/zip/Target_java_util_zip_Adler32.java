package dev.ristretto.jdk.zip;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives of {@link java.util.zip.Adler32}; Java code there checks the ranges. */
@TargetClass(java.util.zip.Adler32.class)
final class Target_java_util_zip_Adler32 {

    @Substitute
    private static int update(int adler, int b) {
        return Adler32Sum.update(adler, b);
    }

    @Substitute
    private static int updateBytes(int adler, byte[] b, int off, int len) {
        return Adler32Sum.update(adler, b, off, len);
    }

    @Substitute
    private static int updateByteBuffer(int adler, long addr, int off, int len) {
        return Adler32Sum.update(adler, addr + off, len);
    }
}
