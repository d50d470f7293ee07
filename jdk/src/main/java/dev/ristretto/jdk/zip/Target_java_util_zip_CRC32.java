package dev.ristretto.jdk.zip;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives of {@link java.util.zip.CRC32}; Java code there checks the ranges. */
@TargetClass(java.util.zip.CRC32.class)
final class Target_java_util_zip_CRC32 {

    @Substitute
    private static int update(int crc, int b) {
        return Crc32.update(crc, b);
    }

    @Substitute
    private static int updateBytes0(int crc, byte[] b, int off, int len) {
        return Crc32.update(crc, b, off, len);
    }

    @Substitute
    private static int updateByteBuffer0(int crc, long addr, int off, int len) {
        return Crc32.update(crc, addr + off, len);
    }
}
