using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// A lane as it was assigned to a device, and the headers that were credited in it. What a share is worth is fixed here,
/// whatever becomes of the device's share work later. Guarded by its device's lock.
/// </summary>
internal sealed class AssignedLane
{
    // A device of the right share work sends a handful; one that gets here is asked to fetch work that suits it.
    private const int MaxCredited = 1 << 17;

    private readonly byte[] _header;
    private HashSet<Hash256>? _credited;

    /// <param name="header">The 76 octets before the nonce, kept.</param>
    public AssignedLane(byte[] header) => _header = header;

    public required ulong JobId { get; init; }

    /// <summary>The lane's number within its job.</summary>
    public required uint Number { get; init; }

    public required uint FirstNonce { get; init; }

    /// <summary>Inclusive.</summary>
    public required uint LastNonce { get; init; }

    /// <summary>Version bits that are the device's to roll.</summary>
    public required uint VersionMask { get; init; }

    /// <summary>Seconds that ntime may be moved forward.</summary>
    public required ushort NTimeRollSeconds { get; init; }

    public required UInt256 ShareTarget { get; init; }

    /// <summary>Expected hashes of a share, what is credited for one.</summary>
    public required ulong ShareWork { get; init; }

    public required UInt256 BlockTarget { get; init; }

    /// <summary>The 76 octets before the nonce.</summary>
    public ReadOnlySpan<byte> Header => _header;

    /// <summary>No more headers can be remembered, so that none can be credited.</summary>
    public bool IsFull => _credited?.Count >= MaxCredited;

    /// <summary>Whether a header was credited before.</summary>
    public bool IsCredited(in Hash256 hash) => _credited is not null && _credited.Contains(hash);

    /// <summary>Remembers a header that is credited.</summary>
    public void Credit(in Hash256 hash) => (_credited ??= []).Add(hash);
}
