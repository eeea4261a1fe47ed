using System.Xml.Linq;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.Nano;

/// <summary>The netnano1.0 outputs of this build.</summary>
internal static class ChipAssemblies
{
    private const string Flavour = "netnano1.0";

    /// <summary>Our own assemblies, as the chip gets them.</summary>
    public static IReadOnlyList<string> Own { get; } = [.. Repository.Files()
        .Where(f => f.StartsWith("firmware/") || f.StartsWith("tests/device/"))
        .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("firmware/NanoApi/"))
        .Select(Output)];

    /// <summary>The application's variant for images with native kernels.</summary>
    public static string DeviceWithNative { get; } = Repository.Absolute(
        $"firmware/Device/bin/native/{Repository.Configuration}/{Flavour}/MicroFirmware.Device.exe");

    /// <summary>The device's tests as they run on a computer.</summary>
    public static string DeviceTestsOnComputer { get; } = Repository.Absolute(
        $"tests/device/bin/{Repository.Configuration}/net10.0/MicroFirmware.DeviceTests.dll");

    /// <summary>The contract assembly of a nanoFramework package.</summary>
    public static string Contract(string package) => Output($"firmware/NanoApi/{package}/{package}.csproj");

    public static AssemblyDefinition Read(string path) => AssemblyDefinition.ReadAssembly(path);

    private static string Output(string project)
    {
        string path = Repository.Absolute(project);
        string name = XDocument.Load(path).Descendants("AssemblyName").LastOrDefault()?.Value
            ?? Path.GetFileNameWithoutExtension(path);
        string folder = Path.Combine(Path.GetDirectoryName(path)!, "bin", Repository.Configuration, Flavour);
        string[] outputs = [Path.Combine(folder, name + ".dll"), Path.Combine(folder, name + ".exe")];
        string? output = outputs.FirstOrDefault(File.Exists);
        Assert.True(output != null, $"{name} is missing in {folder}: build {project} first");
        return output;
    }
}
