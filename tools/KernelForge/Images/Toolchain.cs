using System.Diagnostics;
using System.Globalization;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Images;

/// <summary>The compilers for one instruction set, as Debian has them, with the options that proved best.</summary>
internal sealed class Toolchain
{
    private static readonly string[] s_language =
    [
        "-std=c++17", "-ffreestanding", "-fno-exceptions", "-fno-rtti", "-fno-builtin", "-fno-threadsafe-statics",
        "-ffunction-sections", "-Wall", "-Wextra", "-Werror",
    ];

    /// <summary>call0 ABI; without -fno-schedule-insns the compiler spills more than it gains.</summary>
    public static Toolchain Xtensa { get; } = new()
    {
        Compiler =
        [
            "xtensa-lx106-elf-g++", "-O3", "-fno-schedule-insns", "-mno-serialize-volatile", "-mtext-section-literals",
            "-fno-tree-loop-distribute-patterns", .. s_language,
        ],
        Assembler = ["xtensa-lx106-elf-as", "--no-target-align"],
        // Relaxing would let a loop use a constant of the code around it: it could no longer be copied.
        Linker = ["xtensa-lx106-elf-ld", "--no-relax"],
    };

    /// <summary>ilp32 ABI.</summary>
    public static Toolchain Riscv { get; } = new()
    {
        Compiler =
        [
            "clang-19", "--target=riscv32-unknown-elf", "-march=rv32imc", "-mabi=ilp32", "-mcmodel=medany", "-O2",
            "-nostdinc++", .. s_language,
        ],
        Assembler = ["clang-19", "--target=riscv32-unknown-elf", "-march=rv32imc", "-mabi=ilp32", "-c"],
        Linker = ["ld.lld-19", "-m", "elf32lriscv", "--no-relax"],
    };

    /// <summary>The programs that must be installed.</summary>
    public static IEnumerable<string> Programs =>
        new[] { Xtensa, Riscv }.SelectMany(chain => new[] { chain.Compiler[0], chain.Assembler[0], chain.Linker[0] })
            .Distinct();

    /// <summary>C++ compiler with its options.</summary>
    public required string[] Compiler { get; init; }

    /// <summary>Assembler with its options.</summary>
    public required string[] Assembler { get; init; }

    /// <summary>Linker with its options.</summary>
    public required string[] Linker { get; init; }

    /// <summary>The toolchain of a chip.</summary>
    public static Toolchain Of(Isa isa) => isa == Isa.Rv32imc ? Riscv : Xtensa;

    /// <summary>Compiles one C++ file.</summary>
    public void Compile(string source, string target, params string[] options) =>
        Run([.. Compiler, .. options, "-c", source, "-o", target]);

    /// <summary>Assembles one file.</summary>
    public void Assemble(string source, string target) => Run([.. Assembler, source, "-o", target]);

    /// <summary>Links a flat image at an address.</summary>
    public Elf32 Link(string script, uint address, string target, IEnumerable<string> objects)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"MF_BASE=0x{address:x}");
        string[] options = ["--gc-sections", "--defsym", origin, "-T", script, "-u", "mf_selftest"];
        Run([.. Linker, .. options, .. objects, "-o", target]);
        return new Elf32(File.ReadAllBytes(target));
    }

    /// <summary>Links a program with a start routine of its own, for a simulator.</summary>
    public void LinkProgram(uint address, string target, IEnumerable<string> objects)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"-Ttext=0x{address:x}");
        Run([.. Linker, text, "-e", "_start", .. objects, "-o", target]);
    }

    private static void Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}\nfailed:\n{errors}");
        }
    }
}
