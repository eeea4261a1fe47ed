using MicroFirmware.Protocol;

namespace MicroFirmware.Rigs;

/// <summary>Who a board is, where it does not matter who.</summary>
internal static class KnownBoard
{
    public const string Device = "board-1";

    public static readonly byte[] Key = [.. Enumerable.Range(0, Limits.KeyLength).Select(i => (byte)(i * 7))];
}
