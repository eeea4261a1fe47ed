using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Owner;

/// <summary>A join code and what became of it; lives as long as somebody looks at it. Safe for use by many threads.
/// </summary>
/// <param name="number">Names it where the code must not be: in an address.</param>
/// <param name="code">The code.</param>
/// <param name="end">When it is no longer good.</param>
/// <param name="wish">What is known of the board.</param>
internal sealed class JoinTicket(string number, AccessCode code, DateTimeOffset end, JoinWish wish)
{
    private volatile Use? _use;

    public string Number => number;

    public AccessCode Code => code;

    public DateTimeOffset End => end;

    public JoinWish Wish => wish;

    /// <summary>Who used it, and what came of that; null while nobody has.</summary>
    public Use? Used => _use;

    /// <summary>Somebody has used it up.</summary>
    /// <param name="device">The id of the board.</param>
    /// <param name="result">Whether it was registered.</param>
    /// <param name="at">When.</param>
    public void Settle(string device, EnrolResult result, DateTimeOffset at) => _use = new Use(device, result, at);

    /// <summary>The one use of a code.</summary>
    /// <param name="Device">The id of the board.</param>
    /// <param name="Result">Whether it was registered.</param>
    /// <param name="At">When.</param>
    internal sealed record Use(string Device, EnrolResult Result, DateTimeOffset At);
}
