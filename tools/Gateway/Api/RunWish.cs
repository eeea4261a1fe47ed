using MicroFirmware.Gateway.Boards;

namespace MicroFirmware.Gateway.Api;

/// <summary>Something to be done to boards, which are named, or found.</summary>
/// <param name="Do"><c>identify</c>, <c>pause</c>, <c>resume</c>, <c>restart</c>, <c>duty</c>, <c>gateway</c>,
/// <c>update</c>, <c>group</c>, <c>revoke</c> or <c>restore</c>.</param>
/// <param name="Value">Seconds to identify for, percent of duty, or the release to update to.</param>
/// <param name="Text">The group, or the gateway to go to.</param>
/// <param name="Devices">Their ids.</param>
/// <param name="Where">Or which, as <c>GET /v1/boards</c> takes it; without anything in it, all.</param>
/// <param name="Start">Whether it begins at once; else <c>POST /v1/runs/{number}/start</c> begins it.</param>
internal sealed record RunWish(
    string? Do = null,
    uint Value = 0,
    string? Text = null,
    IReadOnlyList<string>? Devices = null,
    RunWish.Choice? Where = null,
    bool Start = true)
{
    /// <summary>Most ids that may be named.</summary>
    public const int MaxDevices = 10_000;

    /// <summary>The boards that are meant.</summary>
    /// <param name="catalogue">Finds them.</param>
    /// <param name="wrong">The parameter of <see cref="Where"/> that is out of range; null for none.</param>
    /// <returns>Null where they are named in no way or in two.</returns>
    public IReadOnlyList<string>? Find(BoardCatalogue catalogue, out string? wrong)
    {
        wrong = null;
        if (Where is null || Devices is not null)
        {
            return Where is null ? Devices : null;
        }

        wrong = Where.ToBoardChoice().Read(out BoardQuery query);
        return wrong is null ? catalogue.Ids(query) : null;
    }

    /// <summary>Which boards.</summary>
    /// <param name="Text">Words that all occur in name, id, group, chip or firmware.</param>
    /// <param name="State">What they are doing.</param>
    /// <param name="Kind"><c>board</c> or <c>miner</c>.</param>
    /// <param name="Chip">Their chip, or program.</param>
    /// <param name="Group">Their group; empty for those without one.</param>
    internal sealed record Choice(
        string? Text = null, string? State = null, string? Kind = null, string? Chip = null, string? Group = null)
    {
        /// <summary>The same as the list of boards takes it.</summary>
        public BoardChoice ToBoardChoice() => new(Text, State, Kind, Chip, Group, null, null);
    }
}
