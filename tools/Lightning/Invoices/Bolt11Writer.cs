using MicroFirmware.Bitcoin;
using MicroFirmware.Lightning.Keys;

namespace MicroFirmware.Lightning.Invoices;

/// <summary>Writes invoices (BOLT 11).</summary>
public static class Bolt11Writer
{
    private const long MaxUnixSeconds = (1L << 35) - 1;

    /// <summary>Writes and signs an invoice.</summary>
    /// <param name="prefix">Which chain: <c>bc</c>, <c>tb</c>, <c>tbs</c>, <c>bcrt</c>.</param>
    /// <param name="amountMsat">How much, 1 or more; null where the payer decides.</param>
    /// <param name="unixSeconds">When it was made, seconds since 1970 UTC, in 35 bits.</param>
    /// <param name="fields">Its fields; they are written in this order.</param>
    /// <param name="privateKey">The payee's, 32 octets.</param>
    /// <exception cref="ArgumentException">Something cannot be written, or the invoice would be refused by a reader.
    /// </exception>
    public static string Write(
        string prefix,
        long? amountMsat,
        long unixSeconds,
        IReadOnlyList<Bolt11Field> fields,
        ReadOnlySpan<byte> privateKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amountMsat ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixSeconds, MaxUnixSeconds);
        string hrp = $"ln{prefix}{(amountMsat is { } msat ? Bolt11Amount.Write(msat) : "")}";
        List<byte> groups = [];
        for (int i = Bolt11Reader.TimeGroups - 1; i >= 0; i--)
        {
            groups.Add((byte)((unixSeconds >> (5 * i)) & 31));
        }

        foreach (Bolt11Field field in fields)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(field.Groups.Length, Bolt11Field.MaxGroups, field.Type + "");
            byte type = BitGroups.FromText(field.Type.ToString())?[0]
                ?? throw new ArgumentException($"'{field.Type}' is no type of a field.", nameof(fields));
            int length = field.Groups.Length;
            groups.AddRange([type, (byte)(length >> 5), (byte)(length & 31), .. field.Groups]);
        }

        byte[] digest = Bolt11Reader.DigestOf(hrp, [.. groups]);
        byte[] signature = Secp256k1.Sign(digest, privateKey, out int recoveryId);
        groups.AddRange(BitGroups.Regroup([.. signature, (byte)recoveryId], 8, 5, pad: true)!);
        string text = Bech32.EncodeGroups(hrp, [.. groups]);
        return Bolt11Reader.TryRead(text, out _, out string problem)
            ? text
            : throw new ArgumentException($"Nobody would pay the invoice: {problem}.", nameof(fields));
    }
}
