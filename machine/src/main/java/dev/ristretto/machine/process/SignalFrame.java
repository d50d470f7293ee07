package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * What Linux saves of an interrupted thread: {@code struct ucontext} with {@code struct sigcontext_64}, and behind a pointer the vector
 * state in XSAVE's standard format (Linux, {@code arch/x86/include/uapi/asm/sigcontext.h}). The offsets that assembler needs are also in
 * the imager's {@code dev.ristretto.imager.boot.ProcessContext}.
 */
final class SignalFrame {
    private static final int SIGCONTEXT = 40;
    static final int R8 = SIGCONTEXT;
    static final int R9 = SIGCONTEXT + 8;
    static final int R10 = SIGCONTEXT + 16;
    static final int R11 = SIGCONTEXT + 24;
    static final int R12 = SIGCONTEXT + 32;
    static final int R13 = SIGCONTEXT + 40;
    static final int R14 = SIGCONTEXT + 48;
    static final int R15 = SIGCONTEXT + 56;
    static final int RDI = SIGCONTEXT + 64;
    static final int RSI = SIGCONTEXT + 72;
    static final int RBP = SIGCONTEXT + 80;
    static final int RBX = SIGCONTEXT + 88;
    static final int RDX = SIGCONTEXT + 96;
    static final int RAX = SIGCONTEXT + 104;
    static final int RCX = SIGCONTEXT + 112;
    static final int RSP = SIGCONTEXT + 120;
    static final int RIP = SIGCONTEXT + 128;
    static final int ERROR = SIGCONTEXT + 152;
    static final int TRAP = SIGCONTEXT + 160;
    static final int CR2 = SIGCONTEXT + 176;
    static final int VECTOR_STATE = SIGCONTEXT + 184;
    /** Bytes up to the signal mask's end, which is 8 bytes here. */
    static final int SIZE = 304;

    /** {@code struct _fpx_sw_bytes} within the FXSAVE area: a magic number, and how many bytes the whole state takes up. */
    private static final int SOFTWARE_MAGIC = 464;
    private static final int EXTENDED_SIZE = 468;
    private static final int MAGIC = 0x46505853;
    private static final int FXSAVE_SIZE = 512;

    private SignalFrame() {
    }

    /** Bytes of the vector state that the frame points to. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int vectorStateSize(Pointer state) {
        return state.readInt(SOFTWARE_MAGIC) == MAGIC ? state.readInt(EXTENDED_SIZE) : FXSAVE_SIZE;
    }

    /**
     * Copies a frame so that {@code rt_sigreturn} can go by the copy.
     *
     * @param state where the vector state goes: 64-byte aligned
     * @param room  bytes there
     * @return false if there is not enough room
     */
    @Uninterruptible(reason = "Works on raw memory.")
    static boolean copy(Pointer frame, Pointer to, Pointer state, int room) {
        Pointer from = frame.readWord(VECTOR_STATE);
        int size = vectorStateSize(from);
        if (size > room) {
            return false;
        }
        UnmanagedMemoryUtil.copyForward(frame, to, Word.unsigned(SIZE));
        UnmanagedMemoryUtil.copyForward(from, state, Word.unsigned(size));
        to.writeWord(VECTOR_STATE, state);
        return true;
    }
}
