using System.Globalization;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Bitcoin.Tests.Stratum;

public class StratumDifficultyTests
{
    [Theory]
    [InlineData(0, "0.000000000232")]
    [InlineData(1, "0.000000000232")]
    [InlineData(430, "0.0000001")]
    [InlineData(644_255, "0.00015")]
    [InlineData(Target.DifficultyOneWork, "1")]
    [InlineData(Target.DifficultyOneWork * 1_024, "1020")]
    [InlineData(ulong.MaxValue, "4290000000")]
    public void Difficulty_has_three_digits_and_no_exponent(ulong work, string text)
    {
        StratumDifficulty difficulty = StratumDifficulty.AtMost(work);
        Assert.Equal(text, difficulty.Text);
        Assert.InRange(difficulty.Work, 1UL, Math.Max(1, work));
    }

    [Fact]
    public void Work_is_that_of_the_digits_and_close_below_what_was_asked()
    {
        const int Seed = 31;
        Random random = new(Seed);
        for (int i = 0; i < 2_000; i++)
        {
            ulong work = (ulong)Math.Pow(2, random.NextDouble() * 63);
            StratumDifficulty difficulty = StratumDifficulty.AtMost(work);
            double told = double.Parse(difficulty.Text, CultureInfo.InvariantCulture);
            UInt256 target = Target.FromDifficulty(told);

            // Whatever a miner finds good enough by these digits is good enough here.
            Assert.True(Target.Meets(target, difficulty.Work), $"{work}: {difficulty.Text}");
            Assert.True(difficulty.Work <= Math.Max(1, work), $"{work}: {difficulty.Work}");
            Assert.True(difficulty.Work >= (work * 0.985) - 1, $"{work}: {difficulty.Work}");
        }
    }

    [Theory]
    [InlineData(1e-300, 1)]
    [InlineData(1e-7, 429)]
    [InlineData(1, Target.DifficultyOneWork)]
    [InlineData(1e300, ulong.MaxValue)]
    public void Work_of_any_wish_is_within_bounds(double difficulty, ulong work) =>
        Assert.Equal(work, StratumDifficulty.WorkOf(difficulty));
}
