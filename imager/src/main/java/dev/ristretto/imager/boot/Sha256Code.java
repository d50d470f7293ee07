package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.code.Register;

/**
 * The compression function of SHA-256 (FIPS 180-4 §6.2.2) by the processor's own instructions (SDM vol. 2 "SHA256RNDS2"). The compiler uses
 * them only in images that run on no processor without; here an image asks when it runs. Java side:
 * {@code dev.ristretto.jdk.security.Sha256Instructions}.
 */
final class Sha256Code {
    /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
    static final int[] CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    };
    /** Behind the constants: the order of bytes in which PSHUFB makes numbers of big-endian words. */
    static final int[] BYTE_ORDER = {0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f};
    /** Where both are. */
    static final String TABLE = "ristretto_sha256_table";

    private static final int WORDS_AT_ONCE = 4;
    private static final int ROUNDS = 64;
    /** Words and constant of the rounds at hand, as SHA256RNDS2 wants it. */
    private static final Register OPERAND = AMD64.xmm0;
    /** Words A, B, E, F of the state from the highest down, and C, D, G, H. */
    private static final Register ABEF = AMD64.xmm1;
    private static final Register CDGH = AMD64.xmm2;
    /** The last sixteen words of the message schedule. */
    private static final Register[] SCHEDULE = {AMD64.xmm3, AMD64.xmm4, AMD64.xmm5, AMD64.xmm6};
    private static final Register SPARE = AMD64.xmm7;
    private static final Register ABEF_BEFORE = AMD64.xmm8;
    private static final Register CDGH_BEFORE = AMD64.xmm9;
    private static final Register ORDER = AMD64.xmm10;

    private Sha256Code() {
    }

    static void emit(BootAssembler a) {
        // () the word of features that has SHA in bit 29, or 0; RBX is the caller's
        a.routine("ristretto_sha256_features");
        a.push(AMD64.rbx);
        a.movl(AMD64.rax, 7);
        a.movl(AMD64.rcx, 0);
        a.cpuid();
        a.movl(AMD64.rax, AMD64.rbx);
        a.pop(AMD64.rbx);
        a.ret(0);

        // (state, block): eight words, and 64 bytes; neither need be aligned
        a.routine("ristretto_sha256_compress");
        a.address(AMD64.rax, TABLE);
        a.movdqu(ORDER, new AMD64Address(AMD64.rax, Integer.BYTES * CONSTANTS.length));
        loadState(a);
        a.movdqa(ABEF_BEFORE, ABEF);
        a.movdqa(CDGH_BEFORE, CDGH);
        for (int group = 0; group < ROUNDS / WORDS_AT_ONCE; group++) {
            Register words = SCHEDULE[group % SCHEDULE.length];
            if (group < SCHEDULE.length) {
                a.movdqu(words, new AMD64Address(AMD64.rsi, 16 * group));
                a.pshufb(words, ORDER);
            } else {
                schedule(a, group, words);
            }
            a.movdqu(OPERAND, new AMD64Address(AMD64.rax, 16 * group));
            a.paddd(OPERAND, words);
            a.sha256rnds2(CDGH, ABEF);
            a.pshufd(OPERAND, OPERAND, 0x0E);
            a.sha256rnds2(ABEF, CDGH);
        }
        a.paddd(ABEF, ABEF_BEFORE);
        a.paddd(CDGH, CDGH_BEFORE);
        storeState(a);
        a.ret(0);
    }

    /** W[t] = σ1(W[t-2]) + W[t-7] + σ0(W[t-15]) + W[t-16] for four words, in the place of W[t-16]. */
    private static void schedule(BootAssembler a, int group, Register words) {
        Register next = SCHEDULE[(group + 1) % SCHEDULE.length];
        Register beforeLast = SCHEDULE[(group + 2) % SCHEDULE.length];
        Register last = SCHEDULE[(group + 3) % SCHEDULE.length];
        a.sha256msg1(words, next);
        a.movdqa(SPARE, last);
        a.palignr(SPARE, beforeLast, 4);
        a.paddd(words, SPARE);
        a.sha256msg2(words, last);
    }

    private static void loadState(BootAssembler a) {
        a.movdqu(ABEF, new AMD64Address(AMD64.rdi, 0)); // D C B A
        a.movdqu(CDGH, new AMD64Address(AMD64.rdi, 16)); // H G F E
        a.pshufd(ABEF, ABEF, 0xB1); // C D A B
        a.pshufd(CDGH, CDGH, 0x1B); // E F G H
        a.movdqa(SPARE, ABEF);
        a.palignr(ABEF, CDGH, 8); // A B E F
        a.pblendw(CDGH, SPARE, 0xF0); // C D G H
    }

    private static void storeState(BootAssembler a) {
        a.pshufd(ABEF, ABEF, 0x1B); // F E B A
        a.pshufd(CDGH, CDGH, 0xB1); // D C H G
        a.movdqa(SPARE, ABEF);
        a.pblendw(ABEF, CDGH, 0xF0); // D C B A
        a.palignr(CDGH, SPARE, 8); // H G F E
        a.movdqu(new AMD64Address(AMD64.rdi, 0), ABEF);
        a.movdqu(new AMD64Address(AMD64.rdi, 16), CDGH);
    }
}
