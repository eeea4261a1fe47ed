using System.Globalization;

namespace MicroFirmware.Micro.Fleet;

/// <summary>What a finished run proved, judged from its last snapshot.</summary>
/// <param name="last">The last snapshot, taken when no verdict was awaited any more.</param>
/// <param name="isBlockExpected">Whether a run without a block falls short.</param>
internal sealed class FleetOutcome(FleetSnapshot last, bool isBlockExpected)
{
    /// <summary>
    /// Success only if shares were accepted, none was invalid, none lost its verdict, and a block was found where one
    /// is expected.
    /// </summary>
    public ExitCode ExitCode => Shortcomings.Count == 0 ? ExitCode.Success : ExitCode.NotProven;

    /// <summary>Each thing that did not happen as it should, as a clause; empty after a good run.</summary>
    public IReadOnlyList<string> Shortcomings { get; } = Judge(last, isBlockExpected).ToList();

    /// <summary>The run in one paragraph.</summary>
    public override string ToString()
    {
        string boards = last.Boards.Count == 1 ? "1 board" : $"{last.Boards.Count} boards";
        string told = string.Create(CultureInfo.InvariantCulture,
            $"{boards} mined for {last.Elapsed.TotalSeconds:0} s: {last.Accepted} shares accepted, {last.Late} too "
            + $"late, {last.Invalid} invalid, {last.Waiting} without a verdict; "
            + $"{last.Blocks} {(last.Blocks == 1 ? "block" : "blocks")} found. "
            + $"The boards claim {Figures.HashRate(last.ClaimedHashesPerSecond)}, their shares prove "
            + $"{Figures.HashRate(last.ProvenHashesPerSecond)}{Uncertainty()}; best difficulty "
            + $"{Figures.Difficulty(last.BestDifficulty)}. "
            + $"Peak memory of the process: {last.PeakMemoryBytes / 1e6:0} MB.");
        return Shortcomings.Count == 0 ? told : $"{told} Not proven: {string.Join("; ", Shortcomings)}.";
    }

    private static IEnumerable<string> Judge(FleetSnapshot last, bool isBlockExpected)
    {
        if (last.Accepted == 0)
        {
            yield return "no share was accepted";
        }

        if (last.Invalid > 0)
        {
            yield return $"{last.Invalid} shares were invalid";
        }

        if (last.Waiting > 0)
        {
            yield return $"{last.Waiting} verdicts were lost";
        }

        if (isBlockExpected && last.Blocks == 0)
        {
            yield return "no block was found";
        }
    }

    private string Uncertainty() => last.Accepted == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (± {100 * last.ProvenError:0} %)");
}
