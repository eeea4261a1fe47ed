using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>How templates become jobs.</summary>
public sealed class JobOptions
{
    /// <summary>Octets a tag may have: what is left of a coinbase's script beside the height and the extranonce.
    /// </summary>
    public const int MaxTagLength = 64;

    /// <summary>Jobs that are kept with all they need to prove a share and to assemble a block. With a new job every
    /// second at the fastest, a board has a quarter of a minute to learn of it.</summary>
    public const int DefaultKeptJobs = 16;

    /// <summary>Version bits that a device rolls itself: 16 versions of 2^32 nonces last a board of 1 MH/s 19 hours.
    /// </summary>
    public const int DefaultDeviceVersionBits = 4;

    /// <summary>How far a device may move ntime forward. Two minutes outlast any job that is kept.</summary>
    public const ushort DefaultNTimeRollSeconds = 120;

    /// <summary>How far a Stratum miner may move ntime beyond that of its job. Miners that roll ntime follow the clock,
    /// and no job is kept for longer than this.</summary>
    public const uint MaxConnectionNTimeRollSeconds = 7_000;

    /// <summary>How old the time in a job becomes before a new job brings it up to date, and how long a template that
    /// differs in its time only is left alone.</summary>
    public static readonly TimeSpan DefaultNTimeRefresh = TimeSpan.FromSeconds(30);

    /// <summary>Shares that one job takes. A fleet of a million boards sends half of that in 30 s.</summary>
    public const int DefaultMaxSharesPerJob = 2_000_000;

    /// <summary>Lanes that one job has: two for each of a million boards, at 12 octets each, or some 200 each where no
    /// version bits may be rolled and every lane has an extranonce of its own.</summary>
    public const int DefaultMaxLanesPerJob = 2_097_152;

    /// <summary>Script that the coinbase pays to. Anybody may spend the default (OP_TRUE): it is for a private chain.
    /// </summary>
    public byte[] PayoutScript { get; init; } = [0x51];

    /// <summary>Text in the coinbase, in ASCII, at most <see cref="MaxTagLength"/> characters.</summary>
    public string Tag { get; init; } = "/MicroFirmware/";

    /// <summary>Jobs kept, 1 to 1,000.</summary>
    public int KeptJobs { get; init; } = DefaultKeptJobs;

    /// <summary>Version bits left to a device, 0 to 16: the lower ones of those that may be rolled.</summary>
    public int DeviceVersionBits { get; init; } = DefaultDeviceVersionBits;

    /// <summary>Seconds that a device may move ntime forward.</summary>
    public ushort NTimeRollSeconds { get; init; } = DefaultNTimeRollSeconds;

    /// <summary>Age of a job's time at which it is renewed, 1 s or more.</summary>
    public TimeSpan NTimeRefresh { get; init; } = DefaultNTimeRefresh;

    /// <summary>Shares that one job takes before it is over, 1 or more.</summary>
    public int MaxSharesPerJob { get; init; } = DefaultMaxSharesPerJob;

    /// <summary>Lanes that one job has, 1 or more.</summary>
    public int MaxLanesPerJob { get; init; } = DefaultMaxLanesPerJob;

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">Names the option and its range.</exception>
    public void Validate()
    {
        Require(PayoutScript.Length > 0, $"{nameof(PayoutScript)} is empty: name the script that blocks pay to.");
        Require(Tag.Length <= MaxTagLength && Tag.All(char.IsAscii), $"{nameof(Tag)} is at most 64 ASCII characters.");
        Require(KeptJobs is >= 1 and <= 1_000, $"{nameof(KeptJobs)} is 1 to 1000.");
        Require(DeviceVersionBits is >= 0 and <= 16, $"{nameof(DeviceVersionBits)} is 0 to 16.");
        Require(NTimeRefresh >= TimeSpan.FromSeconds(1), $"{nameof(NTimeRefresh)} is 1 s or more.");
        Require(MaxSharesPerJob >= 1, $"{nameof(MaxSharesPerJob)} is 1 or more.");
        Require(MaxLanesPerJob >= 1, $"{nameof(MaxLanesPerJob)} is 1 or more.");
    }

    private static void Require(bool good, string message)
    {
        if (!good)
        {
            throw new ArgumentException(message);
        }
    }
}
