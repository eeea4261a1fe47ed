using System.Globalization;

namespace MicroFirmware.Micro.Fleet;

/// <summary>
/// Lines for logs and scripts: <c>seconds kind text</c>, one for each happening and one a second with totals.
/// </summary>
internal sealed class PlainFleetView(TextWriter output) : IFleetView
{
    /// <inheritdoc/>
    public void Tell(TimeSpan elapsed, string happening) => Write(elapsed, "event", happening);

    /// <inheritdoc/>
    public void Show(FleetSnapshot snapshot) => Write(snapshot.Elapsed, "total",
        $"accepted {snapshot.Accepted}  late {snapshot.Late}  invalid {snapshot.Invalid}  waiting {snapshot.Waiting}  "
        + $"blocks {snapshot.Blocks}  claimed {Figures.HashRate(snapshot.ClaimedHashesPerSecond)}  "
        + $"proven {Figures.HashRate(snapshot.ProvenHashesPerSecond)}  "
        + $"best {Figures.Difficulty(snapshot.BestDifficulty)}");

    private void Write(TimeSpan elapsed, string kind, string text) => output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,7:0.0}s  {kind}  {text}"));
}
