package dev.ristretto.jdk.zip;

import java.util.zip.DataFormatException;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives of {@link java.util.zip.Inflater}. What it takes for the address of a zlib structure is a handle. */
@TargetClass(java.util.zip.Inflater.class)
final class Target_java_util_zip_Inflater {
    // The Java code reads these two when a native throws DataFormatException.
    @Alias int inputConsumed;
    @Alias int outputConsumed;

    @Substitute
    private static void initIDs() {
        // Nothing here looks fields up by name.
    }

    @Substitute
    private static long init(boolean nowrap) {
        return Engines.INFLATERS.open(new InflaterEngine(!nowrap));
    }

    @Substitute
    private static void setDictionary(long addr, byte[] b, int off, int len) {
        Engines.INFLATERS.get(addr).setDictionary(b, off, len);
    }

    @Substitute
    private static void setDictionaryBuffer(long addr, long bufAddress, int len) {
        Engines.INFLATERS.get(addr).setDictionary(NativeBytes.copy(bufAddress, len), 0, len);
    }

    @Substitute
    private long inflateBytesBytes(long addr, byte[] inputArray, int inputOff, int inputLen, byte[] outputArray, int outputOff,
                    int outputLen) throws DataFormatException {
        return InflaterNatives.inflate(this, addr, inputArray, inputOff, inputLen, outputArray, outputOff, outputLen);
    }

    @Substitute
    private long inflateBytesBuffer(long addr, byte[] inputArray, int inputOff, int inputLen, long outputAddress, int outputLen)
                    throws DataFormatException {
        return InflaterNatives.inflate(this, addr, inputArray, inputOff, inputLen, null, outputAddress, outputLen);
    }

    @Substitute
    private long inflateBufferBytes(long addr, long inputAddress, int inputLen, byte[] outputArray, int outputOff, int outputLen)
                    throws DataFormatException {
        return InflaterNatives.inflate(this, addr, null, inputAddress, inputLen, outputArray, outputOff, outputLen);
    }

    @Substitute
    private long inflateBufferBuffer(long addr, long inputAddress, int inputLen, long outputAddress, int outputLen)
                    throws DataFormatException {
        return InflaterNatives.inflate(this, addr, null, inputAddress, inputLen, null, outputAddress, outputLen);
    }

    @Substitute
    private static int getAdler(long addr) {
        return Engines.INFLATERS.get(addr).adler();
    }

    @Substitute
    private static void reset(long addr) {
        Engines.INFLATERS.get(addr).reset();
    }

    @Substitute
    private static void end(long addr) {
        Engines.INFLATERS.close(addr);
    }
}
