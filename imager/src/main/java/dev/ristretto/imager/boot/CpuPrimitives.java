package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.Label;
import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.vm.ci.amd64.AMD64;

/**
 * Single instructions that Java cannot say, as functions of the System V AMD64 calling convention: arguments in RDI, RSI, RDX,
 * result in RAX. Java side: {@code dev.ristretto.machine.bare.Cpu}.
 */
final class CpuPrimitives {
    private CpuPrimitives() {
    }

    static void emit(BootAssembler a) {
        ports(a);
        registers(a);
        interrupts(a);
        random(a);
        misbehaviour(a);
    }

    /** IN and OUT (SDM vol. 1 chapter 19). */
    private static void ports(BootAssembler a) {
        portIn(a, "ristretto_cpu_in8", 0xEC);
        portIn(a, "ristretto_cpu_in32", 0xED);
        a.routine("ristretto_cpu_in16");
        a.movl(AMD64.rdx, AMD64.rdi);
        a.movl(AMD64.rax, 0);
        a.bytes(0x66, 0xED);
        a.ret(0);
        portOut(a, "ristretto_cpu_out8", 0xEE);
        portOut(a, "ristretto_cpu_out16", 0x66, 0xEF);
        portOut(a, "ristretto_cpu_out32", 0xEF);
    }

    private static void portIn(BootAssembler a, String name, int... opcode) {
        a.routine(name);
        a.movl(AMD64.rdx, AMD64.rdi);
        a.movl(AMD64.rax, 0);
        a.bytes(opcode);
        a.ret(0);
    }

    private static void portOut(BootAssembler a, String name, int... opcode) {
        a.routine(name);
        a.movl(AMD64.rdx, AMD64.rdi);
        a.movl(AMD64.rax, AMD64.rsi);
        a.bytes(opcode);
        a.ret(0);
    }

    private static void registers(BootAssembler a) {
        a.routine("ristretto_cpu_rdtsc"); // SDM vol. 3 §19.17; LFENCE keeps it from running ahead of what it times
        a.bytes(0x0F, 0xAE, 0xE8);
        a.rdtsc();
        a.bytes(0x48, 0xC1, 0xE2, 0x20); // shl rdx, 32
        a.orq(AMD64.rax, AMD64.rdx);
        a.ret(0);

        a.routine("ristretto_cpu_rdmsr"); // SDM vol. 2 "RDMSR"
        a.movl(AMD64.rcx, AMD64.rdi);
        a.bytes(0x0F, 0x32);
        a.bytes(0x48, 0xC1, 0xE2, 0x20);
        a.movl(AMD64.rax, AMD64.rax);
        a.orq(AMD64.rax, AMD64.rdx);
        a.ret(0);

        a.routine("ristretto_cpu_wrmsr");
        a.movl(AMD64.rcx, AMD64.rdi);
        a.movl(AMD64.rax, AMD64.rsi);
        a.movq(AMD64.rdx, AMD64.rsi);
        a.bytes(0x48, 0xC1, 0xEA, 0x20); // shr rdx, 32
        a.bytes(0x0F, 0x30);
        a.ret(0);

        a.routine("ristretto_cpu_cpuid"); // (leaf, subleaf, int[4] out); RBX is the caller's
        a.push(AMD64.rbx);
        a.movq(AMD64.r8, AMD64.rdx);
        a.movl(AMD64.rax, AMD64.rdi);
        a.movl(AMD64.rcx, AMD64.rsi);
        a.cpuid();
        a.movl(new AMD64Address(AMD64.r8, 0), AMD64.rax);
        a.movl(new AMD64Address(AMD64.r8, 4), AMD64.rbx);
        a.movl(new AMD64Address(AMD64.r8, 8), AMD64.rcx);
        a.movl(new AMD64Address(AMD64.r8, 12), AMD64.rdx);
        a.pop(AMD64.rbx);
        a.ret(0);

        a.routine("ristretto_cpu_xgetbv0"); // XCR0, SDM vol. 1 §13.3
        a.movl(AMD64.rcx, 0);
        a.bytes(0x0F, 0x01, 0xD0);
        a.bytes(0x48, 0xC1, 0xE2, 0x20);
        a.orq(AMD64.rax, AMD64.rdx);
        a.ret(0);

        // MOV from and to control registers: 0F 20 /r and 0F 22 /r, the register number in the reg field (SDM vol. 2 "MOV")
        readControl(a, "ristretto_cpu_read_cr0", 0);
        readControl(a, "ristretto_cpu_read_cr3", 3);
        readControl(a, "ristretto_cpu_read_cr4", 4);
        writeControl(a, "ristretto_cpu_write_cr0", 0);
        writeControl(a, "ristretto_cpu_write_cr3", 3);
        writeControl(a, "ristretto_cpu_write_cr4", 4);

        a.routine("ristretto_cpu_invlpg"); // SDM vol. 3 §5.10.4.1
        a.bytes(0x0F, 0x01, 0x3F); // invlpg [rdi]
        a.ret(0);

        a.routine("ristretto_cpu_load_tables"); // (idtr address, task selector): LIDT, LTR
        a.bytes(0x0F, 0x01, 0x1F); // lidt [rdi]
        a.movl(AMD64.rax, AMD64.rsi);
        a.bytes(0x0F, 0x00, 0xD8); // ltr ax
        a.ret(0);
    }

    private static void readControl(BootAssembler a, String name, int register) {
        a.routine(name);
        a.bytes(0x0F, 0x20, 0xC0 | register << 3); // mov rax, crN
        a.ret(0);
    }

    private static void writeControl(BootAssembler a, String name, int register) {
        a.routine(name);
        a.bytes(0x0F, 0x22, 0xC7 | register << 3); // mov crN, rdi
        a.ret(0);
    }

    private static void interrupts(BootAssembler a) {
        a.routine("ristretto_cpu_disable_interrupts"); // returns RFLAGS as it was
        a.pushfq();
        a.pop(AMD64.rax);
        a.cli();
        a.ret(0);

        a.routine("ristretto_cpu_restore_interrupts"); // (RFLAGS): only ever switches on again what was on
        a.push(AMD64.rdi);
        a.popfq();
        a.ret(0);

        // STI holds interrupts off until after the next instruction, so none can slip in between it and HLT
        // (SDM vol. 2 "STI"): the wake-up that makes the idle loop end cannot be lost.
        a.routine("ristretto_cpu_wait");
        a.sti();
        a.hlt();
        a.cli();
        a.ret(0);

        a.routine("ristretto_cpu_stop");
        Label forever = new Label();
        a.cli();
        a.bind(forever);
        a.hlt();
        a.jmp(forever);
    }

    /** What only the tests of the protections and of the panic report call: a few bytes in every image. */
    private static void misbehaviour(BootAssembler a) {
        a.routine("ristretto_cpu_undefined");
        a.ud2();
        a.ret(0);

        a.routine("ristretto_cpu_interrupt_unused"); // INT n with a vector that nobody handles
        a.bytes(0xCD, 0xF0);
        a.ret(0);

        a.routine("ristretto_cpu_call"); // (address): runs it; data is never executable
        a.jmp(AMD64.rdi);

        a.routine("ristretto_cpu_overflow_stack"); // pushes until the guard page below the stack is hit
        Label down = new Label();
        a.bind(down);
        a.push(AMD64.rax);
        a.jmp(down);

        // A page fault whose own stack, the first of the task state segment's interrupt stacks, lies in a guard page: the second
        // fault while the first is delivered is a double fault (SDM vol. 3 §7.15, interrupt 8)
        a.routine("ristretto_cpu_overflow_interrupt_stack");
        a.cli();
        a.address(AMD64.rax, "ristretto_tss");
        a.address(AMD64.rcx, "ristretto_fault_stack");
        a.movq(new AMD64Address(AMD64.rax, 36), AMD64.rcx);
        a.movl(AMD64.rax, 0);
        a.movq(AMD64.rax, new AMD64Address(AMD64.rax, 0));
        a.ret(0);
    }

    /** RDRAND and RDSEED set CF when the value is valid (SDM vol. 1 §7.3.17). (long* out) returns 1 or 0. */
    private static void random(BootAssembler a) {
        random(a, "ristretto_cpu_rdrand", 0xF0);
        random(a, "ristretto_cpu_rdseed", 0xF8);
    }

    private static void random(BootAssembler a, String name, int modrm) {
        a.routine(name);
        Label none = new Label();
        a.bytes(0x48, 0x0F, 0xC7, modrm); // rdrand/rdseed rax
        a.jcc(ConditionFlag.CarryClear, none);
        a.movq(new AMD64Address(AMD64.rdi, 0), AMD64.rax);
        a.movl(AMD64.rax, 1);
        a.ret(0);
        a.bind(none);
        a.movl(AMD64.rax, 0);
        a.ret(0);
    }
}
