package dev.ristretto.jdk.zip;

import java.util.zip.DataFormatException;

/** What the four {@code inflate…} natives have in common. */
final class InflaterNatives {
    private InflaterNatives() {
    }

    /**
     * Decompresses; an array that is null stands for memory at the address {@code inputStart} or {@code outputStart}.
     *
     * @param inflater is told how far the call came if the stream is not valid
     */
    static long inflate(Target_java_util_zip_Inflater inflater, long handle, byte[] input, long inputStart, int inputLength,
                    byte[] output, long outputStart, int outputLength) throws DataFormatException {
        InflaterCall call = new InflaterCall(Engines.INFLATERS.get(handle));
        try {
            call.run(input, inputStart, inputLength, output, outputStart, outputLength);
        } catch (DataFormatException e) {
            inflater.inputConsumed = call.consumed();
            inflater.outputConsumed = call.produced();
            throw e;
        }
        return call.result();
    }
}
