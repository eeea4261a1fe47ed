using System.Buffers.Binary;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Lightning.Invoices;

/// <summary>
/// A request to be paid (BOLT 11), as <see cref="Bolt11Reader"/> found it: checked, and with the payee's key proven by
/// its signature. Fields that are unknown or have the wrong length are kept, and count for nothing.
/// </summary>
/// <param name="Prefix">Which chain: <c>bc</c>, <c>tb</c>, <c>tbs</c> (signet), <c>bcrt</c>, <c>sb</c>.</param>
/// <param name="AmountMsat">How much, 1 or more; null where the payer decides.</param>
/// <param name="UnixSeconds">When it was made, seconds since 1970 UTC.</param>
/// <param name="Fields">Its fields, in their order.</param>
/// <param name="PayeeKey">Who is to be paid: a compressed public key, 33 octets.</param>
/// <param name="Signature">r and s, 64 octets.</param>
/// <param name="RecoveryId">0 to 3.</param>
public sealed record Bolt11Invoice(
    string Prefix,
    long? AmountMsat,
    long UnixSeconds,
    IReadOnlyList<Bolt11Field> Fields,
    byte[] PayeeKey,
    byte[] Signature,
    int RecoveryId)
{
    /// <summary>Groups of a field of 32 octets.</summary>
    internal const int HashGroups = 52;

    /// <summary>Groups of a public key.</summary>
    internal const int KeyGroups = 53;

    private const long DefaultExpirySeconds = 3600;
    private const int DefaultMinFinalExpiry = 18;
    private const int HopSize = 51;

    /// <summary>The hash that the preimage must have, 32 octets.</summary>
    public byte[] PaymentHash => Find('p', HashGroups)!.ToOctets()!;

    /// <summary>What only payee and payer know, 32 octets.</summary>
    public byte[] PaymentSecret => Find('s', HashGroups)!.ToOctets()!;

    /// <summary>What is paid for; null where only its hash is given.</summary>
    public string? Description => Find('d') is { } tagged ? Bolt11Reader.TextOf(tagged) : null;

    /// <summary>SHA-256 of what is paid for, 32 octets; null where it is given in words.</summary>
    public byte[]? DescriptionHash => Find('h', HashGroups)?.ToOctets();

    /// <summary>What the payer hands back with the payment; null for nothing.</summary>
    public byte[]? Metadata => Find('m')?.ToOctets();

    /// <summary>The last second in which it may be paid, seconds since 1970 UTC.</summary>
    public long ExpiresUnixSeconds =>
        (long)Int128.Min((Int128)UnixSeconds + ExpirySeconds, long.MaxValue);

    /// <summary>The least number of blocks that the last hop leaves for the payee. Default 18.</summary>
    public long MinFinalExpiry => Find('c') is { } tagged ? tagged.ToNumber() ?? long.MaxValue : DefaultMinFinalExpiry;

    /// <summary>Bits of the features (BOLT 9) that are set, rising.</summary>
    public IReadOnlyList<int> Features => Find('9') is { Groups: var groups }
        ? [.. Enumerable.Range(0, groups.Length * 5).Where(bit => (groups[^((bit / 5) + 1)] >> (bit % 5) & 1) != 0)]
        : [];

    /// <summary>Addresses on the chain that may be paid instead: a witness version, 17 (P2PKH) or 18 (P2SH), and the
    /// program or hash. Unknown versions are passed over.</summary>
    public IReadOnlyList<(int Version, byte[] Program)> Fallbacks => [.. Fields
        .Where(tagged => tagged is { Type: 'f', Groups: [<= 18, ..] })
        .Select(tagged => ((int)tagged.Groups[0], BitGroups.Regroup(tagged.Groups.AsSpan(1), 5, 8, pad: false)))
        .Where(fallback => fallback.Item2 is not null)
        .Select(fallback => (fallback.Item1, fallback.Item2!))];

    /// <summary>Private routes to the payee, from the outside in.</summary>
    public IReadOnlyList<IReadOnlyList<RouteHop>> Routes => [.. Fields
        .Where(tagged => tagged.Type == 'r')
        .Select(tagged => tagged.ToOctets())
        .Where(octets => octets is { Length: > 0 } && octets.Length % HopSize == 0)
        .Select(octets => (IReadOnlyList<RouteHop>)[.. octets!.Chunk(HopSize).Select(HopOf)])];

    /// <summary>The first field of a type that has the length it must have.</summary>
    /// <param name="type">Its letter.</param>
    /// <param name="groups">Groups it must have; 0 for any number.</param>
    internal Bolt11Field? Find(char type, int groups = 0) =>
        Fields.FirstOrDefault(tagged => tagged.Type == type && (groups == 0 || tagged.Groups.Length == groups));

    private long ExpirySeconds => Find('x') is { } expiry ? expiry.ToNumber() ?? long.MaxValue : DefaultExpirySeconds;

    private static RouteHop HopOf(byte[] octets) => new(
        octets[..33],
        BinaryPrimitives.ReadUInt64BigEndian(octets.AsSpan(33)),
        BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(41)),
        BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(45)),
        BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(49)));
}
