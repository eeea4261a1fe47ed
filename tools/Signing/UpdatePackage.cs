using System.Security.Cryptography;
using MicroFirmware.Appliance;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Signing;

/// <summary>An update as one file: the signed manifest, 2,588 octets, and the image behind it.</summary>
public static class UpdatePackage
{
    /// <summary>Longest package.</summary>
    public const int MaxLength = UpdateManifest.Length + Image.MaxLength;

    private const int TextMaxLength = 16;
    private static readonly string[] s_targets = ["stock", "native"];

    /// <summary>Makes a package.</summary>
    /// <param name="key">Signs it.</param>
    /// <param name="store">Stores the key; see
    /// <see cref="UpdateKey.Sign(ReadOnlySpan{byte}, Action{string})"/>.</param>
    /// <param name="release">Greater than that of every release before; at least 1.</param>
    /// <param name="version">The firmware's version, 1 to 16 characters.</param>
    /// <param name="target"><c>stock</c> or <c>native</c>.</param>
    /// <param name="assemblies">The application's assemblies, in the order in which they are loaded.</param>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which.</exception>
    public static byte[] Make(UpdateKey key, Action<string> store, uint release, string version, string target,
        IReadOnlyList<byte[]> assemblies)
    {
        if (release == 0 || version.Length is 0 or > TextMaxLength || !s_targets.Contains(target))
        {
            throw new ArgumentException(
                $"Take a release from 1 on, a version of 1 to {TextMaxLength} characters, and a target of "
                + string.Join(", ", s_targets) + ".");
        }

        byte[] image = Image.Make(release, [.. assemblies]);
        if (Image.Open(image) is null)
        {
            throw new ArgumentException($"The image has {image.Length} octets in {assemblies.Count} assemblies; "
                + $"{Image.MaxLength} in 1 to 16 is the most.");
        }

        byte[] signed = new UpdateManifest
        {
            Release = release,
            ImageLength = image.Length,
            Digest = SHA256.HashData(image),
            Version = version,
            Target = target,
        }.ToSigned();
        return [.. signed, .. key.Sign(signed, store), .. image];
    }

    /// <summary>Reads a package: whole, and its image what the manifest says. The signature is the boards' to check.
    /// </summary>
    /// <returns>The manifest; null when it is no package.</returns>
    public static UpdateManifest? Read(ReadOnlySpan<byte> package)
    {
        if (package.Length is <= UpdateManifest.Length or > MaxLength)
        {
            return null;
        }

        byte[] head = package[..UpdateManifest.Length].ToArray();
        byte[] image = package[UpdateManifest.Length..].ToArray();
        return UpdateManifest.Parse(head, head.Length, out UpdateManifest manifest) == ParseStatus.Done
            && manifest.ImageLength == image.Length && Image.Open(image) is not null
            && Image.ReleaseOf(image) == manifest.Release
            && SHA256.HashData(image).AsSpan().SequenceEqual(manifest.Digest)
            ? manifest
            : null;
    }
}
