package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.Label;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.vm.ci.amd64.AMD64;

/**
 * The CRC-32C of memory by the processor's own instruction (SDM vol. 2 "CRC32", of SSE4.2), for which the compiler has no node. Images for
 * processors without it do not call this. Java side: {@code dev.ristretto.jdk.zip.Crc32cInstruction}.
 */
final class ChecksumCode {
    private ChecksumCode() {
    }

    /** (checksum, address, bytes): the checksum, neither inverted before nor afterwards, of that many bytes more. */
    static void emit(BootAssembler a) {
        Label eight = new Label();
        Label rest = new Label();
        Label one = new Label();
        Label end = new Label();
        a.routine("ristretto_crc32c");
        a.movl(AMD64.rax, AMD64.rdi);
        a.movq(AMD64.rcx, AMD64.rdx);
        a.bytes(0x48, 0xC1, 0xE9, 0x03); // shr rcx, 3
        a.jcc(ConditionFlag.Zero, rest);
        a.bind(eight);
        a.bytes(0xF2, 0x48, 0x0F, 0x38, 0xF1, 0x06); // crc32 rax, qword [rsi]
        a.addq(AMD64.rsi, 8);
        a.subq(AMD64.rcx, 1);
        a.jcc(ConditionFlag.NotZero, eight);
        a.bind(rest);
        a.andl(AMD64.rdx, 7);
        a.jcc(ConditionFlag.Zero, end);
        a.bind(one);
        a.bytes(0xF2, 0x0F, 0x38, 0xF0, 0x06); // crc32 eax, byte [rsi]
        a.addq(AMD64.rsi, 1);
        a.subl(AMD64.rdx, 1);
        a.jcc(ConditionFlag.NotZero, one);
        a.bind(end);
        a.ret(0);
    }
}
