using MicroFirmware.Dashboard.Parts;

namespace MicroFirmware.Dashboard.Overview;

/// <summary>What a hash rate that shares prove is worth. Shares come as a Poisson process: n of them prove a rate to
/// 1 / sqrt(n).</summary>
internal static class RateDoubt
{
    private const long FewestShares = 10;
    private const double WorthAWord = 0.05;

    // Boards of one fleet count differently by that much: what is farther apart is worth a word.
    private const double Apart = 0.25;

    // That many standard deviations are no accident.
    private const double DisagreementSigma = 4;

    // A board that begins within a minute says its whole rate for it, and proves a part.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(3);

    // No shares for so long are no lack of time.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(30);

    /// <summary>Whether so few shares tell nothing about what boards say.</summary>
    public static bool IsTooFew(long shares) => shares < FewestShares;

    /// <summary>The standard deviation, <c>± 16 %</c>; empty while there are no shares, and where it is small.
    /// </summary>
    public static string Of(long shares) => shares <= 0 || 1 / Math.Sqrt(shares) < WorthAWord
        ? "" : $"± {100 / Math.Sqrt(shares):0} %";

    /// <summary>The small print of a rate over some time.</summary>
    public static string Note(RateSpan span, RateHistory.Look? look)
    {
        string covered = look is not null && look.Covered > TimeSpan.Zero && look.Covered < span.Length * 0.95
            ? $", in the {Quantity.Span(look.Covered)} there are" : "";
        string doubt = look is not null && Of(look.Shares) is { Length: > 0 } some ? some + ", " : "";
        return look switch
        {
            null or { Proven: null } => "nothing yet",
            { Claimed: null } => doubt + "no board says a rate" + covered,
            { Proven: { } proven, Claimed: { } claimed } =>
                $"{doubt}claimed {Quantity.HashRate(claimed)}{Verdict(look, proven, claimed)}{covered}",
        };
    }

    private static string Verdict(RateHistory.Look look, double proven, double claimed)
    {
        if (look.Covered < s_shortest || (IsTooFew(look.Shares) && look.Covered < s_longEnough))
        {
            return ": too few shares to tell";
        }

        double accident = DisagreementSigma * proven / Math.Sqrt(Math.Max(1, look.Shares));
        return Math.Abs(claimed - proven) > Math.Max(accident, Apart * Math.Max(claimed, proven))
            ? ": they do not agree" : "";
    }
}
