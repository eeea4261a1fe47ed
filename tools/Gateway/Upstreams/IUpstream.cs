using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Where blocks' templates come from and where solved blocks go. It knows no device.</summary>
public interface IUpstream
{
    /// <summary>There is a new template. Called one at a time, in order; a handler must not wait for anything.
    /// </summary>
    event Action<BlockTemplate>? Changed;

    /// <summary>What people call it, for messages and statistics.</summary>
    string Name { get; }

    /// <summary>The template to work on now; null while there is none.</summary>
    BlockTemplate? Current { get; }

    /// <summary>Whether its template is worth work: there is one, and the other side lives.</summary>
    bool Healthy => Current is not null;

    /// <summary>Begins to follow the other side, where there is one.</summary>
    void Start()
    {
    }

    /// <summary>Its work is no longer wanted: from now on it is there for what was found on its work only, until it is
    /// disposed. Does not wait.</summary>
    void Retire()
    {
    }

    /// <summary>Hands in a solved block.</summary>
    /// <param name="block">Made of one of this upstream's templates.</param>
    /// <param name="cancel">Gives up waiting; what became of the block is then unknown.</param>
    /// <returns>What became of it; failures to reach the other side are answers, not exceptions.</returns>
    Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel);

    /// <summary>How it fares: a report for each upstream that it is made of, the preferred one first.</summary>
    IReadOnlyList<UpstreamReport> Reports() =>
        [new UpstreamReport(Name, Active: true, Healthy, Current?.Height, Problem: null, Pool: null)];
}
