package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.Label;
import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.code.Register;

/** From {@code execve} to the first line of Java, and the system calls (System V ABI, AMD64 supplement §3.4.1, §A.2). */
final class ProcessEntryCode {
    private static final int WRITE = 1;
    private static final int EXIT_GROUP = 231;
    private static final int CLOCK_GETTIME = 228;
    private static final int PANIC = 134;

    private ProcessEntryCode() {
    }

    static void emit(BootAssembler a) {
        entry(a);
        systemCall(a);
        clock(a);
    }

    /** Linux's entry: 64-bit mode, vector units on, RSP at the argument count. Java gets a stack with a guard page below instead. */
    private static void entry(BootAssembler a) {
        a.routine("ristretto_process_entry");
        a.movq(AMD64.r12, AMD64.rsp);
        a.address(AMD64.rsp, "ristretto_boot_stack_top");
        a.callSymbol("ristretto_check_cpu");
        Label tooOld = new Label();
        a.testq(AMD64.rax, AMD64.rax);
        a.jcc(ConditionFlag.NotZero, tooOld);
        a.movl(AMD64.rbp, 0);
        a.movl(AMD64.r15, 0);
        a.movq(AMD64.rdi, AMD64.r12);
        a.callSymbol("ristretto_process_start");
        a.ud2();

        a.bind(tooOld);
        a.movq(AMD64.r13, AMD64.rax);
        a.address(AMD64.rsi, "ristretto_cpu_too_old");
        a.callSymbol("ristretto_process_error");
        a.movq(AMD64.rsi, AMD64.r13);
        a.callSymbol("ristretto_process_error");
        a.address(AMD64.rsi, "ristretto_cpu_too_old_end");
        a.callSymbol("ristretto_process_error");
        a.movl(AMD64.rdi, PANIC);
        call(a, EXIT_GROUP);

        a.routine("ristretto_process_error"); // writes the zero-terminated string at RSI to descriptor 2
        Label length = new Label();
        Label end = new Label();
        a.movq(AMD64.rdx, AMD64.rsi);
        a.bind(length);
        a.movzbl(AMD64.rax, new AMD64Address(AMD64.rdx, 0));
        a.testl(AMD64.rax, 0xFF);
        a.jcc(ConditionFlag.Zero, end);
        a.addq(AMD64.rdx, 1);
        a.jmp(length);
        a.bind(end);
        a.subq(AMD64.rdx, AMD64.rsi);
        a.movl(AMD64.rdi, 2);
        call(a, WRITE);
        a.ret(0);
    }

    /** A system call whose arguments are in place. */
    static void call(BootAssembler a, int number) {
        a.movl(AMD64.rax, number);
        a.syscall();
    }

    /** (number, six arguments): from the calling convention of functions to that of the kernel, which destroys RCX and R11. */
    private static void systemCall(BootAssembler a) {
        a.routine("ristretto_process_system_call");
        a.movq(AMD64.rax, AMD64.rdi);
        Register[] from = {AMD64.rsi, AMD64.rdx, AMD64.rcx, AMD64.r8, AMD64.r9};
        Register[] to = {AMD64.rdi, AMD64.rsi, AMD64.rdx, AMD64.r10, AMD64.r8};
        for (int i = 0; i < to.length; i++) {
            a.movq(to[i], from[i]);
        }
        a.movq(AMD64.r9, new AMD64Address(AMD64.rsp, 8));
        a.syscall();
        a.ret(0);
    }

    /** (clock, timespec): the function that the machine found in the vDSO, or the system call. */
    private static void clock(BootAssembler a) {
        a.routine("ristretto_process_clock");
        a.load(AMD64.rax, "ristretto_process_clock_function");
        a.jmp(AMD64.rax);

        a.routine("ristretto_process_clock_system_call");
        call(a, CLOCK_GETTIME);
        a.ret(0);
    }
}
