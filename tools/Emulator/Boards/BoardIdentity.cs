using System.Globalization;
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

    /// <summary>New identities <c>board-01</c>, <c>board-02</c> and so on, with as many digits as the last one needs.
    /// </summary>
    public static IEnumerable<BoardIdentity> Numbered(int count)
    {
        int digits = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        for (int i = 1; i <= count; i++)
        {
            yield return Create($"board-{i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}");
        }
    }

    /// <summary>The id; never the key.</summary>
    public override string ToString() => Id;
}
