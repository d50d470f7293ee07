package dev.ristretto.jdk.zip;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** What HotSpot's compilers have intrinsics for in {@link java.util.zip.CRC32C}; Java code there checks the ranges. */
@TargetClass(value = java.util.zip.CRC32C.class, onlyWith = Crc32cInstruction.Present.class)
final class Target_java_util_zip_CRC32C {

    @Substitute
    private static int updateBytes(int crc, byte[] b, int off, int end) {
        return Crc32cInstruction.update(crc, b, off, end);
    }

    @Substitute
    private static int updateDirectByteBuffer(int crc, long address, int off, int end) {
        return Crc32cInstruction.update(crc, address + off, end - off);
    }
}
