namespace MicroFirmware.Bitcoin.Tests;

public class TargetTests
{
    /// <summary>Bitcoin Core, <c>arith_uint256_tests.cpp</c>, and block headers of the main chain.</summary>
    [Theory]
    [InlineData(0x01123456, "12", 0x01120000)]
    [InlineData(0x02008000, "80", 0x02008000)]
    [InlineData(0x02123456, "1234", 0x02123400)]
    [InlineData(0x03123456, "123456", 0x03123456)]
    [InlineData(0x04123456, "12345600", 0x04123456)]
    [InlineData(0x05009234, "92340000", 0x05009234)]
    [InlineData(0x1d00ffff, "ffff0000000000000000000000000000000000000000000000000000", 0x1d00ffff)]
    [InlineData(0x1a44b9f2, "44b9f20000000000000000000000000000000000000000000000", 0x1a44b9f2)]
    [InlineData(0x20123456, "1234560000000000000000000000000000000000000000000000000000000000", 0x20123456)]
    [InlineData(0x207fffff, "7fffff0000000000000000000000000000000000000000000000000000000000", 0x207fffff)]
    public void Compact_expands_and_returns(uint bits, string target, uint canonical)
    {
        Assert.True(Target.TryFromCompact(bits, out UInt256 expanded));
        Assert.Equal(UInt256.Parse(target.PadLeft(64, '0')), expanded);
        Assert.Equal(canonical, Target.ToCompact(expanded));
    }

    [Theory]
    [InlineData(0x00000000)]
    [InlineData(0x00123456)]
    [InlineData(0x01003456)]
    [InlineData(0x02000056)]
    [InlineData(0x03000000)]
    [InlineData(0x04000000)]
    [InlineData(0x00923456)]
    [InlineData(0x01803456)]
    [InlineData(0x01fedcba)]
    [InlineData(0x04923456)]
    [InlineData(0x20ffffff)]
    [InlineData(0x21010000)]
    [InlineData(0x23000001)]
    [InlineData(0xff123456)]
    public void Compact_zero_negative_or_too_large_is_refused(uint bits)
    {
        Assert.False(Target.TryFromCompact(bits, out UInt256 target));
        Assert.Equal(UInt256.Zero, target);
        Assert.Throws<ArgumentException>(() => Target.FromCompact(bits));
    }

    [Fact]
    public void Compact_at_the_upper_end_fits()
    {
        Assert.True(Target.TryFromCompact(0x2100ffff, out UInt256 target));
        Assert.Equal("ffff" + new string('0', 60), target.ToString());
        Assert.True(Target.TryFromCompact(0x220000ff, out target));
        Assert.Equal("ff" + new string('0', 62), target.ToString());
    }

    [Fact]
    public void Work_of_difficulty_1_is_2_to_the_32_and_a_little() =>
        Assert.Equal(Target.DifficultyOneWork, Target.Work(Target.FromCompact(Target.DifficultyOneBits)));

    [Fact]
    public void Work_saturates_at_64_bits_and_is_never_zero()
    {
        Assert.Equal(1UL, Target.Work(UInt256.MaxValue));
        Assert.Equal(ulong.MaxValue, Target.Work(UInt256.Zero));
        Assert.Equal(ulong.MaxValue, Target.Work(new UInt256(0, 0, 1, 0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(429)]
    [InlineData(4_295_032_833)]
    [InlineData(ulong.MaxValue)]
    public void FromWork_is_the_highest_target_that_takes_that_work(ulong work)
    {
        UInt256 target = Target.FromWork(work);
        Assert.True(Target.Work(target) >= work);
        if (target != UInt256.MaxValue)
        {
            UInt256 above = UInt256.Saturate(target.ToBigInteger() + 1);
            Assert.True(Target.Work(above) < Math.Max(work, 2));
        }
    }

    [Fact]
    public void Meets_is_the_comparison_with_the_target_of_that_work()
    {
        const int Seed = 256;
        Random random = new(Seed);
        byte[] octets = new byte[UInt256.Size];
        for (int i = 0; i < 5_000; i++)
        {
            ulong work = (ulong)random.NextInt64() >> random.Next(63);
            UInt256 target = Target.FromWork(work);
            random.NextBytes(octets);
            octets.AsSpan(random.Next(octets.Length)).Clear();
            UInt256 hash = new(octets);
            Assert.Equal(hash <= target, Target.Meets(hash, work));
            Assert.True(Target.Meets(target, work));
            UInt256 above = UInt256.Saturate(target.ToBigInteger() + 1);
            Assert.Equal(target == UInt256.MaxValue, Target.Meets(above, work));
        }
    }

    [Fact]
    public void UInt256_compares_at_every_word()
    {
        UInt256[] rising = [UInt256.Zero, new(1, 0, 0, 0), new(0, 1, 0, 0), new(0, 0, 1, 0), new(0, 0, 0, 1),
            new(9, 0, 0, 1), UInt256.MaxValue];
        for (int i = 0; i < rising.Length; i++)
        {
            for (int j = 0; j < rising.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), rising[i].CompareTo(rising[j]));
                Assert.Equal(i == j, rising[i] == rising[j]);
                Assert.Equal(i <= j, rising[i] <= rising[j]);
                Assert.Equal(rising[i].ToBigInteger().CompareTo(rising[j].ToBigInteger()), i.CompareTo(j));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("g000000000000000000000000000000000000000000000000000000000000000")]
    public void UInt256_refuses_text_that_is_not_64_digits(string text)
    {
        Assert.False(UInt256.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Hash256.Parse(text));
    }
}
