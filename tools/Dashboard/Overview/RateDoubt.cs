using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>What a hash rate that shares prove is worth. Shares come as a Poisson process: n of them prove a rate to
/// 1 / sqrt(n).</summary>
internal static class RateDoubt
{
    private const string Disagree = "the two do not agree";
    private const long FewestShares = 10;
    private const double WorthAWord = 0.005;

    // Boards of one fleet count differently by that much: what is farther apart is worth a word.
    private const double Apart = 0.25;

    // That many standard deviations are no accident.
    private const double DisagreementSigma = 4;

    // A board that begins within a minute says its whole rate for it, and proves a part.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(3);

    // No shares for so long are no lack of time.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(30);

    /// <summary>Whether so few shares tell nothing about what boards say.</summary>
    public static bool IsTooFew(double shares) => shares < FewestShares;

    /// <summary>The standard deviation, <c>± 16 %</c>; empty while there are no shares, and where it is small.
    /// </summary>
    public static string Of(double shares) => shares <= 0 || 1 / Math.Sqrt(shares) < WorthAWord
        ? "" : $"± {100 / Math.Sqrt(shares):0} %";

    /// <summary>How sure the rate of now is: <c>± 16 %, by 40 shares of the last minutes</c>.</summary>
    /// <param name="shares">The shares.</param>
    /// <param name="proving">As many of one size as would prove as much.</param>
    public static string Sentence(long shares, double proving) => Of(proving) is { Length: > 0 } doubt
        ? $"{doubt}, by {Quantity.Count(shares, "share", "shares")} of the last minutes"
        : "by shares of the last minutes";

    /// <summary>The small print of a rate over some time, line by line.</summary>
    /// <param name="span">The time.</param>
    /// <param name="look">What is on record of it.</param>
    /// <param name="shorter">The same of the next shorter time; null for the shortest.</param>
    public static IEnumerable<(string Text, Tone Tone)> Notes(
        RateSpan span, RateHistory.Look? look, RateHistory.Look? shorter)
    {
        if (look is not { Proven: { } proven })
        {
            yield return ("nothing yet", Tone.Plain);
            yield break;
        }

        bool isWhole = look.Covered >= span.Length * 0.95;
        if (!isWhole && shorter is not null && shorter.Covered == look.Covered)
        {
            yield return ($"the same {Quantity.Span(look.Covered)} on record", Tone.Plain);
            yield break;
        }

        // A counter that stands at zero has only just begun.
        double claimed = look.Claimed ?? 0;
        string claim = claimed > 0 ? $"claimed {Quantity.HashRate(claimed)}" : "no board has said a rate";
        yield return (string.Join(" · ", new[] { Of(look.Shares), claim }.Where(text => text.Length > 0)), Tone.Plain);
        if (claimed > 0 && Verdict(look, proven, claimed) is { Length: > 0 } verdict)
        {
            yield return (verdict, verdict == Disagree ? Tone.Warn : Tone.Plain);
        }

        if (!isWhole)
        {
            yield return ($"{Quantity.Span(look.Covered)} on record", Tone.Plain);
        }
    }

    private static string Verdict(RateHistory.Look look, double proven, double claimed)
    {
        if (look.Covered < s_shortest || (IsTooFew(look.Shares) && look.Covered < s_longEnough))
        {
            return "too few shares to compare";
        }

        double accident = DisagreementSigma * proven / Math.Sqrt(Math.Max(1, look.Shares));
        return Math.Abs(claimed - proven) > Math.Max(accident, Apart * Math.Max(claimed, proven))
            ? Disagree : "";
    }
}
