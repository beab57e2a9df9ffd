// The program files/hello-arm64: an ELF file written out by hand, as there is nothing to link.
//   aarch64-linux-gnu-as -o hello.o hello-arm64.s && aarch64-linux-gnu-objcopy -O binary -j .text hello.o hello-arm64
        .equ base, 0x400000
file:   .byte 0x7f, 'E', 'L', 'F', 2, 1, 1      // 64 bits, least significant byte first
        .zero 9
        .short 2, 183                           // a program, for AArch64
        .long 1
        .quad base + begin - file, program - file, 0
        .long 0
        .short 64, 56, 1, 0, 0, 0
program:
        .long 1, 5
        .quad 0, base, base, end - file, end - file, 0x10000
begin:  mov x0, #1                              // to standard output
        adr x1, text
        mov x2, #(end - text)
        mov x8, #64                             // write
        svc #0
        mov x0, #0
        mov x8, #93                             // exit
        svc #0
text:   .ascii "Hello from a program for arm64\n"
end:
