using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Owner;

/// <summary>A join code and what became of it; lives as long as somebody looks at it. Safe for use by many threads.
/// </summary>
/// <param name="number">Names it where the code must not be: in an address.</param>
/// <param name="digest">The SHA-256 of the code's secret, hexadecimal.</param>
/// <param name="end">When it is no longer good.</param>
/// <param name="wish">What is known of the board.</param>
internal sealed class JoinTicket(string number, string digest, DateTimeOffset end, JoinWish wish)
{
    private volatile Use? _use;

    public string Number => number;

    public string Digest => digest;

    /// <summary>The code itself; null after a restart, which nobody but its holder remembers it over.</summary>
    public AccessCode? Code { get; init; }

    public DateTimeOffset End => end;

    public JoinWish Wish => wish;

    /// <summary>Who used it, and what came of that; null while nobody has.</summary>
    public Use? Used => _use;

    /// <summary>Somebody has used it up.</summary>
    public void Settle(Use use) => _use = use;

    /// <summary>The one use of a code.</summary>
    /// <param name="Device">The id of the board.</param>
    /// <param name="Result">Whether it was registered; null while that is not known, or was not when a gateway broke
    /// off.</param>
    /// <param name="At">When.</param>
    internal sealed record Use(string Device, EnrolResult? Result, DateTimeOffset At);
}
