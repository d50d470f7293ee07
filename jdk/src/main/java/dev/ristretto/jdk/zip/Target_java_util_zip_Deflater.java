package dev.ristretto.jdk.zip;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives of {@link java.util.zip.Deflater}. What it takes for the address of a zlib structure is a handle. */
@TargetClass(java.util.zip.Deflater.class)
final class Target_java_util_zip_Deflater {

    @Substitute
    private static long init(int level, int strategy, boolean nowrap) {
        return Engines.DEFLATERS.open(new DeflaterEngine(level, strategy, !nowrap));
    }

    @Substitute
    private static void setDictionary(long addr, byte[] b, int off, int len) {
        Engines.DEFLATERS.get(addr).setDictionary(b, off, len);
    }

    @Substitute
    private static void setDictionaryBuffer(long addr, long bufAddress, int len) {
        Engines.DEFLATERS.get(addr).setDictionary(NativeBytes.copy(bufAddress, len), 0, len);
    }

    @Substitute
    private long deflateBytesBytes(long addr, byte[] inputArray, int inputOff, int inputLen, byte[] outputArray, int outputOff,
                    int outputLen, int flush, int params) {
        return DeflaterCall.run(addr, inputArray, inputOff, inputLen, outputArray, outputOff, outputLen, flush, params);
    }

    @Substitute
    private long deflateBytesBuffer(long addr, byte[] inputArray, int inputOff, int inputLen, long outputAddress, int outputLen,
                    int flush, int params) {
        return DeflaterCall.run(addr, inputArray, inputOff, inputLen, null, outputAddress, outputLen, flush, params);
    }

    @Substitute
    private long deflateBufferBytes(long addr, long inputAddress, int inputLen, byte[] outputArray, int outputOff, int outputLen,
                    int flush, int params) {
        return DeflaterCall.run(addr, null, inputAddress, inputLen, outputArray, outputOff, outputLen, flush, params);
    }

    @Substitute
    private long deflateBufferBuffer(long addr, long inputAddress, int inputLen, long outputAddress, int outputLen, int flush,
                    int params) {
        return DeflaterCall.run(addr, null, inputAddress, inputLen, null, outputAddress, outputLen, flush, params);
    }

    @Substitute
    private static int getAdler(long addr) {
        return Engines.DEFLATERS.get(addr).adler();
    }

    @Substitute
    private static void reset(long addr) {
        Engines.DEFLATERS.get(addr).reset();
    }

    @Substitute
    private static void end(long addr) {
        Engines.DEFLATERS.close(addr);
    }
}
