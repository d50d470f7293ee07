package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.Label;
import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.vm.ci.amd64.AMD64;

/**
 * From the hypervisor's jump to the first line of Java: 32-bit protected mode to 64-bit long mode, on page tables that the
 * linker made, with the vector units switched on.
 */
final class EntryCode {
    /** CR4: PAE, OSFXSR, OSXMMEXCPT (SDM vol. 3 §2.5). OSXSAVE joins once the CPU is known to have it. */
    private static final int CR4_BASE = 1 << 5 | 1 << 9 | 1 << 10;
    private static final int CR4_OSXSAVE = 1 << 18;
    /** EFER: long mode enable and no-execute enable (SDM vol. 3 §2.2.1). */
    private static final int EFER = 0xC0000080;
    private static final int EFER_LME_NXE = 1 << 8 | 1 << 11;
    /** CR0: paging, write protection also for ring 0, native FPU errors, monitor coprocessor, protected mode (SDM vol. 3 §2.5). */
    private static final int CR0 = 1 << 31 | 1 << 16 | 1 << 5 | 1 << 4 | 1 << 1 | 1;

    private EntryCode() {
    }

    static void emit(BootAssembler a) {
        entry32(a);
        entry64(a);
        checkCpu(a);
        tooOld(a);
    }

    /** PVH entry: 32-bit, flat segments, paging off, start-info address in EBX (Xen docs, "x86/HVM direct boot ABI"). */
    private static void entry32(BootAssembler a) {
        a.routine("ristretto_pvh_entry");
        a.cli();
        a.cld();
        a.bytes(0x89, 0xDE); // mov esi, ebx: CPUID below overwrites EBX
        a.bytes(0x0F, 0x31); // rdtsc: the first moment that the image knows of
        a.bytes(0xA3);
        a.address32("ristretto_entry_tsc"); // mov [entry_tsc], eax
        a.bytes(0x89, 0x15);
        a.address32("ristretto_entry_tsc_high"); // mov [entry_tsc + 4], edx
        // Long mode initialisation, SDM vol. 3 §11.8.5.1: PAE, CR3, EFER.LME, then paging.
        a.bytes(0xB8);
        a.emitInt(CR4_BASE); // mov eax, imm32
        a.bytes(0x0F, 0x22, 0xE0); // mov cr4, eax
        a.bytes(0xB8);
        a.address32("ristretto_pml4");
        a.bytes(0x0F, 0x22, 0xD8); // mov cr3, eax
        a.bytes(0xB9);
        a.emitInt(EFER); // mov ecx, EFER
        a.bytes(0x0F, 0x32); // rdmsr
        a.bytes(0x0D);
        a.emitInt(EFER_LME_NXE); // or eax, imm32
        a.bytes(0x0F, 0x30); // wrmsr
        a.bytes(0xB8);
        a.emitInt(CR0);
        a.bytes(0x0F, 0x22, 0xC0); // mov cr0, eax
        a.bytes(0x0F, 0x01, 0x15);
        a.address32("ristretto_gdtr"); // lgdt [gdtr]
        a.bytes(0xEA);
        a.address32("ristretto_entry64");
        a.emitShort(BootData.CODE_SELECTOR); // jmp far code:entry64
    }

    private static void entry64(BootAssembler a) {
        a.routine("ristretto_entry64");
        a.movl(AMD64.rax, BootData.DATA_SELECTOR);
        a.bytes(0x8E, 0xD8, 0x8E, 0xC0, 0x8E, 0xD0); // mov ds/es/ss, ax
        a.bytes(0x31, 0xC0, 0x8E, 0xE0, 0x8E, 0xE8); // xor eax, eax; mov fs/gs, ax
        a.address(AMD64.rsp, "ristretto_boot_stack_top");
        a.movl(AMD64.r12, AMD64.rsi); // start info; the upper half is zero after the 32-bit move
        a.callSymbol("ristretto_check_cpu");
        Label hasAll = new Label();
        a.testq(AMD64.rax, AMD64.rax);
        a.jcc(ConditionFlag.Zero, hasAll);
        a.jmpSymbol("ristretto_cpu_lacks");
        a.bind(hasAll);
        // Vector state: OSXSAVE, then XCR0 = x87, SSE, AVX and, where the CPU has them, the three parts of AVX-512
        // (SDM vol. 1 §13.3). AMX and others are left off: no code of an image uses them.
        a.bytes(0x0F, 0x20, 0xE0); // mov rax, cr4
        a.orl(AMD64.rax, CR4_OSXSAVE);
        a.bytes(0x0F, 0x22, 0xE0); // mov cr4, rax
        a.movl(AMD64.rax, 0xD);
        a.movl(AMD64.rcx, 0);
        a.cpuid();
        a.andl(AMD64.rax, 0xE7);
        a.movl(AMD64.rdx, 0);
        a.movl(AMD64.rcx, 0);
        a.bytes(0x0F, 0x01, 0xD1); // xsetbv
        a.bytes(0xDB, 0xE3); // fninit
        a.movl(AMD64.rbp, 0);
        a.movl(AMD64.r15, 0);
        a.movq(AMD64.rdi, AMD64.r12);
        a.callSymbol("ristretto_start");
        a.jmpSymbol("ristretto_cpu_stop");
    }

    /**
     * Compares CPUID with the table of features that the compiler was allowed to use. Runs before the first compiled method,
     * which may already hold such an instruction. Returns 0 if all are there, else the address of the name of one that is not.
     */
    private static void checkCpu(BootAssembler a) {
        a.routine("ristretto_check_cpu");
        a.push(AMD64.r12);
        a.address(AMD64.r13, "ristretto_required_features");
        Label next = new Label();
        Label missing = new Label();
        Label done = new Label();
        a.bind(next);
        a.movl(AMD64.rax, new AMD64Address(AMD64.r13, 0)); // leaf, 0 ends the table
        a.testl(AMD64.rax, -1);
        a.jcc(ConditionFlag.Zero, done);
        a.movl(AMD64.rcx, 0);
        a.cpuid();
        // rows are {leaf, register index, mask, name[20]}; the register index chooses EBX (1) or ECX (2)
        a.cmpl(new AMD64Address(AMD64.r13, 4), 1);
        Label ecx = new Label();
        a.jcc(ConditionFlag.NotEqual, ecx);
        a.movl(AMD64.rcx, AMD64.rbx);
        a.bind(ecx);
        a.movl(AMD64.rdx, new AMD64Address(AMD64.r13, 8));
        a.andl(AMD64.rcx, AMD64.rdx);
        a.cmpl(AMD64.rcx, AMD64.rdx);
        a.jcc(ConditionFlag.NotEqual, missing);
        a.addq(AMD64.r13, RequiredFeatures.ROW);
        a.jmp(next);
        a.bind(done);
        a.movl(AMD64.rax, 0);
        a.pop(AMD64.r12);
        a.ret(0);

        a.bind(missing);
        a.leaq(AMD64.rax, new AMD64Address(AMD64.r13, 12));
        a.pop(AMD64.r12);
        a.ret(0);
    }

    /** RAX is the name of a feature that the CPU lacks. */
    private static void tooOld(BootAssembler a) {
        a.routine("ristretto_cpu_lacks");
        a.movq(AMD64.r13, AMD64.rax);
        a.address(AMD64.rsi, "ristretto_cpu_too_old");
        a.callSymbol("ristretto_serial_string");
        a.movq(AMD64.rsi, AMD64.r13);
        a.callSymbol("ristretto_serial_string");
        a.address(AMD64.rsi, "ristretto_cpu_too_old_end");
        a.callSymbol("ristretto_serial_string");
        // exit code 134 through the debug console and exit device; then stop, should there be none
        a.address(AMD64.rsi, "ristretto_exit_line");
        a.movl(AMD64.rdx, 0xE9);
        a.callSymbol("ristretto_port_string");
        a.movl(AMD64.rax, 127);
        a.movl(AMD64.rdx, 0xF4);
        a.bytes(0xEE); // out dx, al
        a.jmpSymbol("ristretto_cpu_stop");

        a.routine("ristretto_serial_string");
        a.movl(AMD64.rdx, 0x3F8);
        a.jmpSymbol("ristretto_port_string");

        // writes the zero-terminated string at RSI to port DX
        a.routine("ristretto_port_string");
        Label loop = new Label();
        Label end = new Label();
        a.bind(loop);
        a.movzbl(AMD64.rax, new AMD64Address(AMD64.rsi, 0));
        a.testl(AMD64.rax, 0xFF);
        a.jcc(ConditionFlag.Zero, end);
        a.bytes(0xEE); // out dx, al
        a.addq(AMD64.rsi, 1);
        a.jmp(loop);
        a.bind(end);
        a.ret(0);
    }
}
