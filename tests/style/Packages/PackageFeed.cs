using System.IO.Compression;
using System.Xml.Linq;
using MicroFirmware.Style.Tests.Nano;
using MicroFirmware.Style.Tests.NanoApi;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.Packages;

/// <summary>
/// A folder of packages with the names, versions, dependencies and layout (all files flat in lib) of nanoFramework's:
/// the contracts take the place of their assemblies, and each .pe is a text that says whose it is. The library that
/// trims the chip's assemblies is there too.
/// </summary>
internal static class PackageFeed
{
    public const string Processor = "nanoFramework.Tools.MetadataProcessor.MsBuildTask";

    private const string CoreLibrary = "nanoFramework.CoreLibrary";

    /// <summary>Lies in the package of M2Mqtt, as there.</summary>
    private const string Passenger = "nanoFramework.M2Mqtt.Core";

    /// <summary>What stands in a .pe of the feed.</summary>
    public static string Pe(string assembly) => $"[{assembly}]";

    /// <summary>Writes all packages.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="processor">The assembly with the metadata processor's task.</param>
    public static void Write(string folder, byte[] processor)
    {
        Directory.CreateDirectory(folder);
        Dictionary<string, string> versions = new[] { "firmware", "tools" }
            .SelectMany(f => XDocument.Load(Repository.Absolute(f + "/Directory.Packages.props"))
                .Descendants("PackageVersion"))
            .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);
        foreach (SurfaceListing listing in SurfaceListing.All.Where(l => l.Package != Passenger))
        {
            IEnumerable<string> contents = listing.Package == "nanoFramework.M2Mqtt"
                ? [listing.Package, Passenger]
                : [listing.Package];
            Write(folder, versions, listing.Package, Dependencies(listing.Package), contents.SelectMany(Files));
        }

        byte[] cecil = File.ReadAllBytes(typeof(AssemblyDefinition).Assembly.Location);
        Write(folder, versions, "Mono.Cecil", [], [("lib/netstandard2.0/Mono.Cecil.dll", cecil)]);
        Write(folder, versions, Processor, [], [($"lib/net6.0/{Processor}.dll", processor)]);
    }

    private static IEnumerable<(string Path, byte[] Content)> Files(string package)
    {
        string assembly = SurfaceListing.All.Single(l => l.Package == package).Assembly;
        yield return ($"lib/{assembly}.dll", File.ReadAllBytes(ChipAssemblies.Contract(package)));
        yield return ($"lib/{assembly}.pe", System.Text.Encoding.ASCII.GetBytes(Pe(assembly)));
    }

    private static IEnumerable<string> Dependencies(string package) =>
        XDocument.Load(Repository.Absolute($"firmware/NanoApi/{package}/{package}.csproj")).Descendants("NanoPackage")
            .Select(p => p.Attribute("Include")!.Value).Append(CoreLibrary).Except([package, Passenger]);

    private static void Write(string folder, Dictionary<string, string> versions, string package,
        IEnumerable<string> dependencies, IEnumerable<(string Path, byte[] Content)> files)
    {
        XNamespace schema = "http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd";
        XElement specification = new(schema + "package", new XElement(schema + "metadata",
            new XElement(schema + "id", package),
            new XElement(schema + "version", versions[package]),
            new XElement(schema + "authors", "tests"),
            new XElement(schema + "description", "A stand-in for tests."),
            new XElement(schema + "dependencies", dependencies.Select(d => new XElement(
                schema + "dependency", new XAttribute("id", d), new XAttribute("version", versions[d]))))));
        using ZipArchive archive = ZipFile.Open(
            Path.Combine(folder, $"{package}.{versions[package]}.nupkg"), ZipArchiveMode.Create);
        using (StreamWriter writer = new(archive.CreateEntry(package + ".nuspec").Open()))
        {
            writer.Write(specification);
        }

        foreach ((string path, byte[] content) in files)
        {
            using Stream stream = archive.CreateEntry(path).Open();
            stream.Write(content);
        }
    }
}
