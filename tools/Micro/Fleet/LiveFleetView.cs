using System.Globalization;
using Spectre.Console;

namespace MicroFirmware.Micro.Fleet;

/// <summary>A table that redraws in place, with the last few happenings below it.</summary>
internal sealed class LiveFleetView(IAnsiConsole console, LiveDisplayContext live) : IFleetView
{
    private const int HappeningsKept = 5;

    private readonly Lock _gate = new();
    private readonly Queue<string> _happenings = new();

    /// <inheritdoc/>
    public void Tell(TimeSpan elapsed, string happening)
    {
        lock (_gate)
        {
            if (_happenings.Count == HappeningsKept)
            {
                _happenings.Dequeue();
            }

            _happenings.Enqueue(
                string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,6:0.0} s  {happening}"));
        }
    }

    /// <inheritdoc/>
    public void Show(FleetSnapshot snapshot)
    {
        string[] happenings;
        lock (_gate)
        {
            happenings = [.. _happenings];
        }

        live.UpdateTarget(FleetTable.Draw(snapshot, happenings, console.Profile.Height));
    }
}
