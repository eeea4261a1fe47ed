using System.Numerics;

namespace MicroFirmware.Mining.Tests;

public class TargetTests
{
    private static readonly BigInteger s_everything = BigInteger.One << 256;

    [Theory]
    [InlineData(0x1d00ffffu, "ffff", 208)]
    [InlineData(0x1b0404cbu, "0404cb", 192)]
    [InlineData(0x1a44b9f2u, "44b9f2", 184)]
    [InlineData(0x207fffffu, "7fffff", 232)]
    [InlineData(0x03123456u, "123456", 0)]
    [InlineData(0x02123456u, "1234", 0)]
    [InlineData(0x01120000u, "12", 0)]
    [InlineData(0x220000ffu, "ff", 248)]
    public void Compact_target_is_mantissa_shifted_by_exponent(uint bits, string mantissa, int shift)
    {
        BigInteger expected = Number(Convert.FromHexString(mantissa).Reverse().ToArray()) << shift;
        Assert.Equal(expected, Number(Target.FromCompact(bits)));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x01003456u)]
    [InlineData(0x1d000000u)]
    [InlineData(0x04923456u)]
    [InlineData(0x23000001u)]
    [InlineData(0x22000100u)]
    [InlineData(0x21010000u)]
    [InlineData(0xff123456u)]
    public void Compact_target_that_is_zero_negative_or_too_large_is_none(uint bits)
    {
        Assert.Null(Target.FromCompact(bits));
    }

    [Fact]
    public void Hash_meets_a_target_when_it_is_not_above_it()
    {
        byte[] target = Target.FromCompact(0x1b0404cb);
        Assert.True(Target.IsMet(target, target));
        Assert.True(Target.IsMet(Octets(Number(target) - 1), target));
        Assert.False(Target.IsMet(Octets(Number(target) + 1), target));
        Assert.True(Target.IsMet(new byte[32], target));
    }

    [Fact]
    public void Work_of_difficulty_one_is_the_constant()
    {
        Assert.Equal(Work.OfDifficultyOne, Work.OfTarget(Target.FromCompact(0x1d00ffff)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Work_of_random_targets_is_what_big_integers_say(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 500; i++)
        {
            byte[] target = new byte[32];
            random.NextBytes(target.AsSpan(0, random.Next(1, 33)));
            BigInteger expected = BigInteger.Min(s_everything / (Number(target) + 1), ulong.MaxValue);
            Assert.Equal(expected, Work.OfTarget(target));
        }
    }

    [Fact]
    public void Work_of_the_extreme_targets_is_one_and_the_largest()
    {
        Assert.Equal(1u, Work.OfTarget(Octets(s_everything - 1)));
        Assert.Equal(2u, Work.OfTarget(Octets((s_everything / 2) - 1)));
        Assert.Equal(1u, Work.OfTarget(Octets(s_everything / 2)));
        Assert.Equal(ulong.MaxValue, Work.OfTarget(new byte[32]));
        Assert.Equal(ulong.MaxValue, Work.OfTarget(Octets((BigInteger.One << 192) - 1)));
        Assert.Equal(1UL << 63, Work.OfTarget(Octets((BigInteger.One << 193) - 1)));
    }

    [Theory]
    [InlineData(3)]
    public void Target_of_any_work_is_the_largest_with_that_work(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 500; i++)
        {
            ulong work = (ulong)random.NextInt64(1, long.MaxValue) >> random.Next(0, 62);
            work = Math.Max(work, 1);
            byte[] target = Work.ToTarget(work);
            Assert.Equal((s_everything / work) - 1, Number(target));
            Assert.Equal(work, Work.OfTarget(target));
        }
    }

    [Theory]
    [InlineData(0ul, "0")]
    [InlineData(Work.OfDifficultyOne, "1")]
    [InlineData(Work.OfDifficultyOne * 1024, "1024")]
    [InlineData(Work.OfDifficultyOne * 123456, "123456")]
    [InlineData(Work.OfDifficultyOne + (Work.OfDifficultyOne / 2), "1.499")]
    [InlineData(429503284ul, "0.1")]
    [InlineData(430ul, "0.0000001001")]
    [InlineData(43ul, "0.00000001001")]
    [InlineData(1ul, "0.0000000002328")]
    public void Difficulty_is_written_in_plain_decimals(ulong work, string expected)
    {
        Assert.Equal(expected, Difficulty.ToText(work));
    }

    private static BigInteger Number(byte[] octets) => new(octets, isUnsigned: true);

    private static byte[] Octets(BigInteger number)
    {
        byte[] octets = new byte[32];
        number.TryWriteBytes(octets, out _, isUnsigned: true);
        return octets;
    }
}
