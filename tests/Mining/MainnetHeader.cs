using System.Runtime.CompilerServices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests;

/// <summary>The headers of <c>tests/vectors/mining/headers.txt</c>.</summary>
internal sealed record MainnetHeader(int Height, byte[] Octets, byte[] Hash)
{
    public static MainnetHeader[] All { get; } = [.. Read()];

    public uint Nonce => LittleEndian.ReadUInt32(Octets, BlockHeader.AtNonce);

    public uint Bits => LittleEndian.ReadUInt32(Octets, BlockHeader.AtBits);

    public byte[] WithoutNonce => Octets[..Limits.HeaderWithoutNonceLength];

    public static TheoryData<int> Heights => [.. All.Select(h => h.Height)];

    public static MainnetHeader At(int height) => All.Single(h => h.Height == height);

    private static IEnumerable<MainnetHeader> Read([CallerFilePath] string path = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(path)!, "..", "vectors", "mining", "headers.txt");
        foreach (string line in File.ReadLines(file).Where(l => !l.StartsWith('#')))
        {
            string[] parts = line.Split(' ');
            byte[] hash = Convert.FromHexString(parts[2]);
            Array.Reverse(hash);
            yield return new(int.Parse(parts[0]), Convert.FromHexString(parts[1]), hash);
        }
    }
}
