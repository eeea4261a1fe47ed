namespace MicroFirmware.Mining
{
    /// <summary>Time as the board has it.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since some moment before the start; never goes back.</summary>
        long NowMs { get; }

        /// <summary>Unix time in seconds, or 0 while it is not known. May jump.</summary>
        long UtcSeconds { get; }
    }
}
