using MicroFirmware.Style.Tests.NanoApi;
using Mono.Cecil;
using Xunit.Abstractions;

namespace MicroFirmware.Style.Tests.Nano;

/// <summary>Every assembly of the firmware, as compiled for the chip, is one that the chip can run.</summary>
public class ChipAssemblyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Assemblies =>
        [.. ChipAssemblies.Own.Append(ChipAssemblies.DeviceWithNative)
            .Select(p => Path.GetRelativePath(Repository.Root, p))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_for_the_chip_holds_only_what_it_can_run(string path)
    {
        using AssemblyDefinition assembly = Read(path);
        output.WriteLine($"{path}: {NanoReader.IlBytes(assembly)} octets of IL of {NanoReader.AssemblyIlMax}");

        Assert.Empty(NanoReader.Findings(assembly));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_for_the_chip_refers_to_chip_assemblies_only(string path)
    {
        using AssemblyDefinition assembly = Read(path);

        string[] known = [.. SurfaceListing.All.Select(l => l.Assembly)];
        Assert.All(assembly.MainModule.AssemblyReferences,
            r => Assert.True(r.Name.StartsWith("MicroFirmware.") || known.Contains(r.Name), r.FullName));
        Assert.Equal("mscorlib", assembly.MainModule.TypeSystem.CoreLibrary.Name);
    }

    private static AssemblyDefinition Read(string path) => ChipAssemblies.Read(Repository.Absolute(path));
}
