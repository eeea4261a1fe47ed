using System.Globalization;
using Spectre.Console;

namespace MicroFirmware.Micro.Fleet;

/// <summary>
/// A table that redraws in place, with the first happening, which says where the gateway is, and the last few below it.
/// </summary>
internal sealed class LiveFleetView(IAnsiConsole console, LiveDisplayContext live) : IFleetView
{
    private const int HappeningsKept = 4;

    private readonly Lock _gate = new();
    private readonly Queue<string> _happenings = new();
    private string? _first;

    /// <inheritdoc/>
    public void Tell(TimeSpan elapsed, string happening)
    {
        lock (_gate)
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,6:0.0} s  {happening}");
            if (_first is null)
            {
                _first = line;
                return;
            }

            if (_happenings.Count == HappeningsKept)
            {
                _happenings.Dequeue();
            }

            _happenings.Enqueue(line);
        }
    }

    /// <inheritdoc/>
    public void Show(FleetSnapshot snapshot)
    {
        string[] happenings;
        lock (_gate)
        {
            happenings = _first is null ? [] : [_first, .. _happenings];
        }

        live.UpdateTarget(FleetTable.Draw(snapshot, happenings, console.Profile.Height));
    }
}
