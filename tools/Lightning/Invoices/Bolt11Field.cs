using System.Text;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Lightning.Invoices;

/// <summary>
/// A tagged field of an invoice (BOLT 11 §Tagged Fields): a letter, and groups of five bits.
/// <code>
/// | type (1 group) | length (2 groups) | data (length groups) |
/// </code>
/// </summary>
/// <param name="Type">The letter of the type, as bech32 writes it.</param>
/// <param name="Groups">Its data, five bits each, at most <see cref="MaxGroups"/>.</param>
public sealed record Bolt11Field(char Type, byte[] Groups)
{
    /// <summary>The most that the length can say.</summary>
    public const int MaxGroups = 1023;

    /// <summary>The hash that the payment's preimage must have, 32 octets (<c>p</c>).</summary>
    public static Bolt11Field PaymentHash(ReadOnlySpan<byte> hash) => Octets('p', hash);

    /// <summary>What only the payee and the payer know, 32 octets (<c>s</c>).</summary>
    public static Bolt11Field PaymentSecret(ReadOnlySpan<byte> secret) => Octets('s', secret);

    /// <summary>What is paid for (<c>d</c>).</summary>
    public static Bolt11Field Description(string text) => Octets('d', Encoding.UTF8.GetBytes(text));

    /// <summary>SHA-256 of a description that is told elsewhere, 32 octets (<c>h</c>).</summary>
    public static Bolt11Field DescriptionHash(ReadOnlySpan<byte> hash) => Octets('h', hash);

    /// <summary>What the payer hands back with the payment (<c>m</c>).</summary>
    public static Bolt11Field Metadata(ReadOnlySpan<byte> octets) => Octets('m', octets);

    /// <summary>How long the invoice is good, whole seconds (<c>x</c>).</summary>
    public static Bolt11Field Expiry(TimeSpan time) => Number('x', (ulong)time.TotalSeconds);

    /// <summary>The least number of blocks that the last hop leaves for the payee (<c>c</c>).</summary>
    public static Bolt11Field MinFinalExpiry(int blocks) => Number('c', (ulong)blocks);

    /// <summary>Features that the payment needs or may use, by their bits (<c>9</c>, BOLT 9).</summary>
    public static Bolt11Field Features(params IReadOnlyCollection<int> bits)
    {
        byte[] groups = new byte[(bits.Max() / 5) + 1];
        foreach (int bit in bits)
        {
            groups[^((bit / 5) + 1)] |= (byte)(1 << (bit % 5));
        }

        return new Bolt11Field('9', groups);
    }

    /// <summary>The data as octets; null where they do not fill whole ones.</summary>
    public byte[]? ToOctets() => BitGroups.Regroup(Groups, 5, 8, pad: false);

    /// <summary>The data as a number, most significant group first; null above 63 bits.</summary>
    public long? ToNumber()
    {
        ulong number = 0;
        foreach (byte group in Groups)
        {
            if (number >> 58 != 0)
            {
                return null;
            }

            number = (number << 5) | group;
        }

        return (long)number;
    }

    private static Bolt11Field Octets(char type, ReadOnlySpan<byte> octets) =>
        new(type, BitGroups.Regroup(octets, 8, 5, pad: true)!);

    private static Bolt11Field Number(char type, ulong number)
    {
        List<byte> groups = [];
        do
        {
            groups.Insert(0, (byte)(number & 31));
            number >>= 5;
        }
        while (number > 0);
        return new Bolt11Field(type, [.. groups]);
    }
}
