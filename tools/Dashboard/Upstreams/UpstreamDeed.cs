using System.Globalization;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Dashboard.Upstreams;

/// <summary>What a button of the list does, as it is sent: <c>up:2</c>.</summary>
/// <param name="What"><c>up</c>, <c>down</c>, <c>remove</c> or <c>test</c>.</param>
/// <param name="Place">The entry's place, from 0.</param>
internal sealed record UpstreamDeed(string What, int Place)
{
    /// <summary>Reads it; null for what no button sends.</summary>
    public static UpstreamDeed? Parse(string? text) =>
        text?.Split(':') is [var what, var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            ? new UpstreamDeed(what, place) : null;

    /// <summary>The list after it; the list itself where it changes nothing.</summary>
    public IReadOnlyList<UpstreamOptions> On(IReadOnlyList<UpstreamOptions> list)
    {
        List<UpstreamOptions> changed = [.. list];
        int other = What switch { "up" => Place - 1, "down" => Place + 1, _ => Place };
        if (Place >= list.Count || other < 0 || other >= list.Count)
        {
            return list;
        }

        if (What == "remove")
        {
            changed.RemoveAt(Place);
        }
        else
        {
            (changed[Place], changed[other]) = (changed[other], changed[Place]);
        }

        return changed;
    }
}
