using System.Security.Cryptography;
using MicroFirmware.Protocol;

namespace MicroFirmware.Emulator.Boards;

/// <summary>Who a board is: its device id and its key.</summary>
/// <param name="Id">1 to 32 characters of <c>a-z 0-9 -</c>.</param>
/// <param name="Key">32 octets that only the board and its gateway know; never shown.</param>
public sealed record BoardIdentity(string Id, byte[] Key)
{
    /// <summary>An identity with a key from the system's random generator.</summary>
    public static BoardIdentity Create(string id) => new(id, RandomNumberGenerator.GetBytes(Limits.KeyLength));

    /// <summary>The id; never the key.</summary>
    public override string ToString() => Id;
}
