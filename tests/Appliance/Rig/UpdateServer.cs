using System.Globalization;
using System.Security.Cryptography;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>What a gateway has of updates: a manifest and its chunks.</summary>
internal sealed class UpdateServer
{
    private static readonly LmsSigner s_signer = new(new byte[32], new byte[16]);
    private static int s_leaf;

    public static string PublicKey { get; } = Convert.ToHexStringLower(s_signer.PublicKey);

    public byte[] Image { get; set; } = [];

    public byte[] Manifest { get; set; } = [];

    public int Requests { get; private set; }

    /// <summary>An image with some thousand octets in it.</summary>
    public static byte[] ImageOf(uint release) =>
        Slots.Image.Make(release, [RandomOf(release, 3000), RandomOf(release + 1, 2001), [1]]);

    public void Offer(uint release, string target = "stock")
    {
        Image = ImageOf(release);
        UpdateManifest manifest = new()
        {
            Release = release,
            ImageLength = Image.Length,
            Digest = SHA256.HashData(Image),
            Version = "0.2." + release,
            Target = target,
        };
        byte[] signed = manifest.ToSigned();
        Manifest = [.. signed, .. s_signer.Sign(Interlocked.Increment(ref s_leaf), new byte[32], signed)];
    }

    public byte[] Answer(string path)
    {
        Requests++;
        string[] parts = path.Split('/');
        if (parts.Length == 3)
        {
            return Ok(Manifest);
        }

        int chunk = int.Parse(parts[4], CultureInfo.InvariantCulture);
        return Ok([.. Image.Skip(chunk * UpdateManifest.ChunkLength).Take(UpdateManifest.ChunkLength)]);
    }

    private static byte[] Ok(byte[] body) =>
        [.. Ascii.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] RandomOf(uint seed, int length)
    {
        byte[] octets = new byte[length];
        new Random((int)seed).NextBytes(octets);
        return octets;
    }
}
