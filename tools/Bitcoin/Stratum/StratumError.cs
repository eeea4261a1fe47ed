namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">What miners count by.</param>
/// <param name="Message">What people read.</param>
public sealed record StratumError(int Code, string Message)
{
    /// <summary>The job is not known, or its work is worthless now.</summary>
    public static readonly StratumError JobNotFound = new(21, "Job not found");

    /// <summary>The share was submitted before.</summary>
    public static readonly StratumError DuplicateShare = new(22, "Duplicate share");

    /// <summary>The hash is above the target.</summary>
    public static readonly StratumError LowDifficulty = new(23, "Low difficulty share");

    /// <summary>The worker is not authorised.</summary>
    public static readonly StratumError Unauthorized = new(24, "Unauthorized worker");

    /// <summary>The connection has not subscribed.</summary>
    public static readonly StratumError NotSubscribed = new(25, "Not subscribed");

    /// <summary>Anything else.</summary>
    public static StratumError Other(string message) => new(20, message);
}
