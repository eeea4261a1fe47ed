using MicroFirmware.Appliance;
using MicroFirmware.Slots;

namespace MicroFirmware.Signing.Tests;

public class UpdatePackageTests
{
    private static readonly UpdateKey s_key = UpdateKey.Create();
    private static readonly byte[] s_package =
        UpdatePackage.Make(s_key, _ => { }, 7, "0.2.7", "stock", [[1, 2, 3], new byte[2000]]);

    [Fact]
    public void Package_is_read_as_it_was_made()
    {
        UpdateManifest manifest = UpdatePackage.Read(s_package)!;

        Assert.Equal((7u, "0.2.7", "stock"), (manifest.Release, manifest.Version, manifest.Target));
        Image image = Image.Open(s_package[UpdateManifest.Length..]);
        Assert.Equal([1, 2, 3], image.Next());
        Assert.Equal(2000, image.Next().Length);
    }

    [Fact]
    public void Package_cut_at_any_length_is_none()
    {
        for (int length = 0; length < s_package.Length; length++)
        {
            Assert.Null(UpdatePackage.Read(s_package.AsSpan(0, length)));
        }

        Assert.Null(UpdatePackage.Read([.. s_package, 0]));
        Assert.Null(UpdatePackage.Read(new byte[UpdatePackage.MaxLength + 1]));
    }

    [Fact]
    public void Package_whose_image_is_not_the_manifests_is_none()
    {
        byte[] changed = [.. s_package];
        changed[^10] ^= 1;

        Assert.Null(UpdatePackage.Read(changed));
    }

    [Theory]
    [InlineData(0, "0.2.7", "stock")]
    [InlineData(7, "", "stock")]
    [InlineData(7, "0.2.7-with-a-long-tail", "stock")]
    [InlineData(7, "0.2.7", "other")]
    public void Package_out_of_range_is_not_made(uint release, string version, string target) =>
        Assert.Throws<ArgumentException>(
            () => UpdatePackage.Make(s_key, _ => { }, release, version, target, [[1]]));

    [Fact]
    public void Package_too_large_is_not_made() => Assert.Throws<ArgumentException>(
        () => UpdatePackage.Make(s_key, _ => { }, 1, "1", "stock", [new byte[Image.MaxLength]]));
}
