namespace MicroFirmware.Gateway.Jobs;

/// <summary>What is known of a job by its id.</summary>
public enum JobState
{
    /// <summary>There never was one, or it is long forgotten.</summary>
    Unknown,

    /// <summary>It was one, and its work is worthless now.</summary>
    Stale,

    /// <summary>Its shares count.</summary>
    Live,
}
