package dev.ristretto.imager.boot;

import dev.ristretto.imager.link.BootRelocation;
import dev.ristretto.imager.link.BootSymbol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler;
import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.amd64.AMD64.CPUFeature;
import jdk.vm.ci.code.Register;
import jdk.vm.ci.code.TargetDescription;

/**
 * Graal's assembler for one section of boot code, with names for places, references to names, and the privileged instructions
 * that a compiler for applications has no use for. It takes the instructions of the newest routine here; what runs before the CPU has been
 * looked at must make do with SSE2.
 */
final class BootAssembler extends AMD64Assembler {
    private final String section;
    private final List<BootSymbol> symbols = new ArrayList<>();
    private final List<BootRelocation> relocations = new ArrayList<>();
    private String open;
    private int openAt;

    BootAssembler(String section) {
        super(new TargetDescription(new AMD64(EnumSet.of(CPUFeature.SSE, CPUFeature.SSE2, CPUFeature.SSSE3, CPUFeature.SSE4_1, CPUFeature.SHA)),
                true, 16, 0, false));
        this.section = section;
    }

    /** Begins a routine that others may refer to by {@code name}; it ends where the next begins. */
    void routine(String name) {
        end();
        while (position() % 16 != 0) {
            int3(); // never run: a jump astray is caught
        }
        open = name;
        openAt = position();
    }

    private void end() {
        if (open != null) {
            symbols.add(new BootSymbol(open, section, openAt, position() - openAt));
            open = null;
        }
    }

    /** The finished code; no more may be emitted after this. */
    byte[] finish() {
        end();
        return close(true);
    }

    List<BootSymbol> symbols() {
        return symbols;
    }

    List<BootRelocation> relocations() {
        return relocations;
    }

    /** Emits bytes for which Graal has no method: privileged instructions and 32-bit code. */
    void bytes(int... bytes) {
        for (int b : bytes) {
            emitByte(b);
        }
    }

    /** Emits the low 32 bits of the address of {@code symbol}. */
    void address32(String symbol) {
        relocations.add(new BootRelocation(section, position(), BootRelocation.Kind.ABS32, symbol, 0));
        emitInt(0);
    }

    /** {@code dst = address of symbol} (MOV r64, imm64: B8+rd, SDM vol. 2 "MOV"). */
    void address(Register dst, String symbol) {
        bytes(dst.encoding >= 8 ? 0x49 : 0x48, 0xB8 | dst.encoding & 7);
        relocations.add(new BootRelocation(section, position(), BootRelocation.Kind.ABS64, symbol, 0));
        emitLong(0);
    }

    /** {@code dst = the 8 bytes at symbol}. */
    void load(Register dst, String symbol) {
        address(dst, symbol);
        movq(dst, new AMD64Address(dst, 0));
    }

    /** CALL rel32. */
    void callSymbol(String symbol) {
        bytes(0xE8);
        relative(symbol);
    }

    /** JMP rel32. */
    void jmpSymbol(String symbol) {
        bytes(0xE9);
        relative(symbol);
    }

    private void relative(String symbol) {
        relocations.add(new BootRelocation(section, position(), BootRelocation.Kind.PC32, symbol, -4));
        emitInt(0);
    }

    void cli() {
        bytes(0xFA);
    }

    void sti() {
        bytes(0xFB);
    }

    void cld() {
        bytes(0xFC);
    }

    void popfq() {
        bytes(0x9D);
    }

    void iretq() {
        bytes(0x48, 0xCF);
    }

    /** SYSCALL (SDM vol. 2 "SYSCALL"). */
    void syscall() {
        bytes(0x0F, 0x05);
    }

    void cpuid() {
        bytes(0x0F, 0xA2);
    }

    /** PUSH m64 (FF /6). */
    void push(AMD64Address source) {
        if (source.getBase().encoding >= 8) {
            throw new IllegalArgumentException("base needs a REX prefix");
        }
        bytes(0xFF, 0x80 | 6 << 3 | source.getBase().encoding);
        emitInt(source.getDisplacement());
    }
}
