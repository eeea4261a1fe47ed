using MicroFirmware.Style.Tests.Nano;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.NanoApi;

/// <summary>
/// The asserts and attributes that let the device's tests run on a computer are those of the nanoFramework, and no
/// more: a test that compiles here compiles for the chip.
/// </summary>
public class HostTests
{
    [Fact]
    public void Asserts_on_the_computer_haveTheSignaturesOfTheChip()
    {
        using AssemblyDefinition host = ChipAssemblies.Read(ChipAssemblies.DeviceTestsOnComputer);
        SurfaceListing original = SurfaceListing.All.Single(l => l.Package == "nanoFramework.TestFramework");

        string[] surface = [.. PublicSurface.Of(host)
            .Where(m => m.StartsWith("nanoFramework.TestFramework ::") || m.StartsWith("TestFrameworkShared ::"))];

        Assert.NotEmpty(surface);
        Assert.Empty(surface.Except(original.Members));
    }
}
