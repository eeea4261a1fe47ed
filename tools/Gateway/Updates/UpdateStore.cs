using MicroFirmware.Appliance;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Signing;

namespace MicroFirmware.Gateway.Updates;

/// <summary>
/// The update that boards are offered: the last package that the owner published, in the data directory and in memory.
/// It proves itself to the boards; here only its wholeness is checked.
/// </summary>
internal sealed class UpdateStore
{
    private const string FileName = "update.mfu";

    private readonly string _path;
    private readonly Lock _publishing = new();
    private volatile Offer? _current;

    /// <exception cref="ConfigurationException">The file cannot be used; the message says what to do.</exception>
    public UpdateStore(DataDirectory directory)
    {
        _path = Path.Combine(directory.Path, FileName);
        try
        {
            _current = File.Exists(_path)
                ? Offer.Of(File.ReadAllBytes(_path)) ?? throw new InvalidDataException("It is not whole.")
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ConfigurationException($"{_path} cannot be used ({e.Message}): remove it, and publish again.");
        }
    }

    /// <summary>The release that is offered; 0 for none.</summary>
    public uint Release => _current?.Manifest.Release ?? 0;

    /// <summary>The signed manifest, or null.</summary>
    public ReadOnlyMemory<byte>? SignedManifest => _current?.Package.AsMemory(0, UpdateManifest.Length);

    /// <summary>A chunk of the image, or null when there is none of this release and number.</summary>
    public ReadOnlyMemory<byte>? Chunk(uint release, int number)
    {
        Offer? offer = _current;
        if (offer is null || offer.Manifest.Release != release || number < 0
            || number > (offer.Manifest.ImageLength - 1) / UpdateManifest.ChunkLength)
        {
            return null;
        }

        int start = number * UpdateManifest.ChunkLength;
        int length = Math.Min(UpdateManifest.ChunkLength, offer.Manifest.ImageLength - start);
        return offer.Package.AsMemory(UpdateManifest.Length + start, length);
    }

    /// <summary>Offers a package from now on; returns when it is on the disk.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public PublishResult Publish(byte[] package)
    {
        if (Offer.Of(package) is not { } offer)
        {
            return PublishResult.NoPackage;
        }

        lock (_publishing)
        {
            // The same again is no mistake: whoever published did not hear the answer.
            if (offer.Manifest.Release < Release
                || (offer.Manifest.Release == Release && !package.AsSpan().SequenceEqual(_current!.Package)))
            {
                return PublishResult.OldRelease;
            }

            OwnerFile.Write(_path, package);
            _current = offer;
            return PublishResult.Published;
        }
    }

    private sealed record Offer(UpdateManifest Manifest, byte[] Package)
    {
        public static Offer? Of(byte[] package) =>
            UpdatePackage.Read(package) is { } manifest ? new Offer(manifest, package) : null;
    }
}
