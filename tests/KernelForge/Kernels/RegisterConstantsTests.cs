using System.Globalization;
using System.Text.RegularExpressions;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Tests.Kernels;

/// <summary>mf_registers.h against hardware/chips: both say where a register is, and must say the same.</summary>
public sealed partial class RegisterConstantsTests
{
    public static TheoryData<string> ChipIds => [.. HardwareCatalog.Chips.Select(chip => chip.Id)];

    [Theory]
    [MemberData(nameof(ChipIds))]
    public void Constants_of_the_headers_are_those_of_the_chip(string id)
    {
        var sha = HardwareCatalog.Chip(id).Sha;
        var header = File.ReadAllText(RepositoryFolder.Of("hardware", "kernels", "mf_registers.h"));
        var structure = sha.Engine == ShaEngineKind.Classic ? "classic_registers" : "memory_registers";
        var body = header[header.IndexOf("struct " + structure, StringComparison.Ordinal)..];
        var constants = Constant().Matches(body[..body.IndexOf("};", StringComparison.Ordinal)])
            .ToDictionary(match => match.Groups[1].Value, match => Hex(match.Groups[2].Value));

        Assert.NotEmpty(constants);
        foreach (var (name, offset) in constants)
        {
            Assert.Equal(sha.Registers[name == "resume" ? "continue" : name], offset);
        }
    }

    private static uint Hex(string text) =>
        uint.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"uint32_t (\w+) = 0x([0-9A-F]+);")]
    private static partial Regex Constant();
}
