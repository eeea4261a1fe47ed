using System.Diagnostics;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>Runs a static executable under QEMU's user mode, as the independent second opinion on both cores.</summary>
internal static class QemuUser
{
    public const string RiscV = "qemu-riscv32-static";
    public const string Xtensa = "qemu-xtensa-static";

    private const int TimeoutMs = 20_000;

    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    /// <summary>What the program wrote to its standard output; null when it did not end with exit code 0.</summary>
    public static byte[]? Run(string program, byte[] elf, params string[] options)
    {
        string path = Path.Combine(Path.GetTempPath(), $"micro-{Guid.NewGuid():n}.elf");
        File.WriteAllBytes(path, elf);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        try
        {
            return Run(new ProcessStartInfo(program, [.. options, path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[]? Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        using MemoryStream output = new();
        Task errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(output);
        errors.Wait(TimeoutMs);
        Assert(process.WaitForExit(TimeoutMs), process);
        return process.ExitCode == 0 ? output.ToArray() : null;
    }

    private static void Assert(bool hasExited, Process process)
    {
        if (!hasExited)
        {
            process.Kill();
            throw new TimeoutException($"{process.StartInfo.FileName} did not end.");
        }
    }
}
