# The program files/hello-386: an ELF file written out by hand, as there is nothing to link.
#   as --32 -o hello.o hello-386.s && objcopy -O binary -j .text hello.o hello-386
        .equ base, 0x08048000
file:   .byte 0x7f, 'E', 'L', 'F', 1, 1, 1      # 32 bits, least significant byte first
        .zero 9
        .short 2, 3                             # a program, for 386
        .long 1, base + begin - file, program - file, 0, 0
        .short 52, 32, 1, 0, 0, 0
program:
        .long 1, 0, base, base, end - file, end - file, 5, 0x1000
begin:  mov $4, %eax                            # write
        mov $1, %ebx                            # to standard output
        mov $(base + text - file), %ecx
        mov $(end - text), %edx
        int $0x80
        mov $1, %eax                            # exit
        xor %ebx, %ebx
        int $0x80
text:   .ascii "Hello from a program for 386\n"
end:
