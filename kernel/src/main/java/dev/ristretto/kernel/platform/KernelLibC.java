package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.UnmanagedMemoryUtil;
import com.oracle.svm.core.headers.LibCSupport;
import dev.ristretto.kernel.Power;
import dev.ristretto.kernel.memory.NativeHeap;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;

/** The few functions of a C library that SubstrateVM calls (ISO C11 §7.22, §7.24). */
@SuppressWarnings("unchecked")
final class KernelLibC implements LibCSupport {
    /** One for all threads: nothing in an image sets it but SubstrateVM, which saves and restores it around its own calls. */
    private int errno;

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int errno() {
        return errno;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void setErrno(int value) {
        errno = value;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T memcpy(T dest, PointerBase src, UnsignedWord n) {
        UnmanagedMemoryUtil.copyForward((Pointer) src, (Pointer) dest, n);
        return dest;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> int memcmp(T s1, T s2, UnsignedWord n) {
        Pointer a = (Pointer) s1;
        Pointer b = (Pointer) s2;
        for (UnsignedWord i = Word.zero(); i.belowThan(n); i = i.add(1)) {
            int difference = (a.readByte(i) & 0xFF) - (b.readByte(i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T memmove(T dest, PointerBase src, UnsignedWord n) {
        UnmanagedMemoryUtil.copy((Pointer) src, (Pointer) dest, n);
        return dest;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T memset(T s, SignedWord c, UnsignedWord n) {
        UnmanagedMemoryUtil.fill((Pointer) s, n, (byte) c.rawValue());
        return s;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T malloc(UnsignedWord size) {
        return (T) NativeHeap.allocate(size);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T calloc(UnsignedWord nmemb, UnsignedWord size) {
        if (nmemb.notEqual(0) && Word.unsigned(-1L).unsignedDivide(nmemb).belowThan(size)) {
            return Word.nullPointer();
        }
        return (T) NativeHeap.allocateZeroed(nmemb.multiply(size));
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public <T extends PointerBase> T realloc(PointerBase ptr, UnsignedWord size) {
        return (T) NativeHeap.reallocate(ptr, size);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void free(PointerBase ptr) {
        NativeHeap.free(ptr);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void exit(int status) {
        Power.exit(status);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord strlen(CCharPointer str) {
        long length = 0;
        while (((Pointer) str).readByte(Word.signed(length)) != 0) {
            length++;
        }
        return Word.unsigned(length);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public CCharPointer strdup(CCharPointer str) {
        UnsignedWord size = strlen(str).add(1);
        Pointer copy = NativeHeap.allocate(size);
        if (copy.isNonNull()) {
            UnmanagedMemoryUtil.copyForward((Pointer) str, copy, size);
        }
        return (CCharPointer) copy;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int strcmp(CCharPointer s1, CCharPointer s2) {
        Pointer a = (Pointer) s1;
        Pointer b = (Pointer) s2;
        int i = 0;
        while (a.readByte(i) != 0 && a.readByte(i) == b.readByte(i)) {
            i++;
        }
        return (a.readByte(i) & 0xFF) - (b.readByte(i) & 0xFF);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int isdigit(int c) {
        return c >= '0' && c <= '9' ? 1 : 0;
    }

    /** Bases 2 to 36, no sign, no prefix: what SubstrateVM uses it for. Overflow gives the largest number. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord strtoull(CCharPointer string, CCharPointerPointer endPtr, int base) {
        Pointer text = (Pointer) string;
        UnsignedWord value = Word.zero();
        UnsignedWord limit = Word.unsigned(-1L);
        int i = 0;
        for (int digit = digit(text.readByte(i)); digit < base; digit = digit(text.readByte(++i))) {
            boolean overflow = value.aboveThan(limit.subtract(digit).unsignedDivide(base));
            value = overflow ? limit : value.multiply(base).add(digit);
        }
        if (endPtr.isNonNull()) {
            endPtr.write((CCharPointer) text.add(i));
        }
        return value;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int digit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : Integer.MAX_VALUE;
    }
}
