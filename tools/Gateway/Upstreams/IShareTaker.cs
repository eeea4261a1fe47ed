namespace MicroFirmware.Gateway.Upstreams;

/// <summary>An upstream that wants shares, not only blocks: a pool, or a list with pools in it.</summary>
internal interface IShareTaker
{
    /// <summary>Whether a session of this number is its own and not over.</summary>
    bool Owns(long session);

    /// <summary>Sends a share, at most once.</summary>
    /// <param name="share">Meets the target of the pool's job.</param>
    /// <returns>What became of it; ends when the pool has answered, or nobody can answer any more.</returns>
    Task<PoolShareOutcome> SubmitAsync(PoolShare share);
}
