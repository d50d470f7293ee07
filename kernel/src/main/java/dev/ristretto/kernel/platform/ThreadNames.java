package dev.ristretto.kernel.platform;

import dev.ristretto.kernel.memory.NativeHeap;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/** Names of threads for reports, which cannot read Java strings. */
final class ThreadNames {
    /** Bytes of a name that are kept. */
    private static final int LIMIT = 63;

    private ThreadNames() {
    }

    /** Names the current thread; characters beyond ASCII become question marks. */
    static void setCurrent(String name) {
        KThread thread = Scheduler.current();
        Pointer copy = thread.getName();
        if (copy.isNull()) {
            copy = NativeHeap.allocate(Word.unsigned(LIMIT + 1));
            if (copy.isNull()) {
                return;
            }
        }
        int length = Math.min(LIMIT, name.length());
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            copy.writeByte(i, (byte) (c >= ' ' && c < 127 ? c : '?'));
        }
        copy.writeByte(length, (byte) 0);
        thread.setName(copy);
    }
}
