using System.Xml.Linq;
using MicroFirmware.Style.Tests.Nano;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.NanoApi;

/// <summary>firmware/NanoApi is the nanoFramework to the letter: nothing it lacks, nothing of it left out.</summary>
public class NanoApiTests
{
    public static TheoryData<string> Packages => [.. SurfaceListing.All.Select(l => l.Package)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Contract_of_a_package_holds_nothing_the_package_lacks(string package)
    {
        using AssemblyDefinition contract = ChipAssemblies.Read(ChipAssemblies.Contract(package));

        Assert.Empty(PublicSurface.Of(contract).Except(Listing(package).Members));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Contract_of_a_package_holds_all_the_package_has(string package)
    {
        using AssemblyDefinition contract = ChipAssemblies.Read(ChipAssemblies.Contract(package));

        Assert.Empty(Listing(package).Members.Except(PublicSurface.Of(contract)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Contract_of_a_package_has_its_name_and_version(string package)
    {
        using AssemblyDefinition contract = ChipAssemblies.Read(ChipAssemblies.Contract(package));

        Assert.Equal(Listing(package).Assembly, contract.Name.Name);
        Assert.Equal(Listing(package).Version, contract.Name.Version.ToString());
    }

    [Fact]
    public void Versions_of_all_packages_stand_in_one_table()
    {
        IEnumerable<string> table =
            from entry in XDocument.Load(Repository.Absolute("firmware/Directory.Packages.props")).Descendants()
            where entry.Name == "PackageVersion"
            let package = entry.Attribute("Include")!.Value
            where !package.StartsWith("nanoFramework.Tools.")
            select $"{package} {entry.Attribute("Version")!.Value}.0";

        Assert.Equal(SurfaceListing.All.Select(l => $"{l.Package} {l.Version}").Order(), table.Order());
    }

    [Fact]
    public void Projects_of_the_contracts_are_those_listed()
    {
        IEnumerable<string> projects = Repository.Files("firmware/NanoApi")
            .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f));

        Assert.Equal(SurfaceListing.All.Select(l => l.Package).Order(), projects.Order());
    }

    private static SurfaceListing Listing(string package) => SurfaceListing.All.Single(l => l.Package == package);
}
