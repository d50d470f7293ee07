package dev.ristretto.kernel.platform;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.console.ConsoleLine;
import dev.ristretto.kernel.panic.Panic;
import dev.ristretto.machine.Machine;
import org.graalvm.nativeimage.LogHandler;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** SubstrateVM's own low-level log, which it uses for fatal errors: straight to the console line. */
final class KernelLogHandler implements LogHandler {
    @Override
    public void log(CCharPointer bytes, UnsignedWord length) {
        write((Pointer) bytes, (int) length.rawValue());
    }

    @Uninterruptible(reason = "Works in a panic.")
    private static void write(Pointer bytes, int length) {
        long interrupts = Machine.get().disableInterrupts();
        ConsoleLine.flush();
        for (int i = 0; i < length; i++) {
            Machine.get().consolePut(Machine.ERRORS, bytes.readByte(i));
        }
        Machine.get().restoreInterrupts(interrupts);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void fatalError() {
        Panic.afterReport();
    }
}
