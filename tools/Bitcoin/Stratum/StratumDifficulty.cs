using System.Globalization;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>A difficulty as it is sent: three digits without an exponent, which every miner's reader takes, and the
/// work that exactly these digits ask for.</summary>
public readonly record struct StratumDifficulty
{
    private const decimal LeastDigits = 100;
    private const decimal MostDigits = 1_000;

    // A decimal holds 28 digits, which is enough for the difficulty of a single hash, 2.3e-10.
    private const string Format = "0.############################";

    private StratumDifficulty(string text)
    {
        Text = text;
        Work = Target.Work(Target.FromDifficulty(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    /// <summary>The digits, such as <c>0.00015</c> or <c>1024</c>.</summary>
    public string Text { get; }

    /// <summary>Expected hashes of a share at this difficulty.</summary>
    public ulong Work { get; }

    /// <summary>The greatest difficulty of three digits whose share takes at most some work.</summary>
    /// <param name="work">Expected hashes; 0 counts as 1.</param>
    public static StratumDifficulty AtMost(ulong work)
    {
        decimal exact = Math.Max(1, work) / (decimal)Target.DifficultyOneWork;
        decimal scale = 1;
        for (; exact * scale < LeastDigits; scale *= 10)
        {
        }

        for (; exact * scale >= MostDigits; scale /= 10)
        {
        }

        decimal rounded = Math.Floor(exact * scale) / scale;
        return new StratumDifficulty(rounded.ToString(Format, CultureInfo.InvariantCulture));
    }

    /// <summary>Expected hashes of a share at a difficulty that a miner asks for: 1 to <see cref="ulong.MaxValue"/>.
    /// </summary>
    /// <param name="difficulty">Above 0.</param>
    public static ulong WorkOf(double difficulty) =>
        difficulty * Target.DifficultyOneWork >= ulong.MaxValue
            ? ulong.MaxValue
            : Math.Max(1, (ulong)(difficulty * Target.DifficultyOneWork));
}
