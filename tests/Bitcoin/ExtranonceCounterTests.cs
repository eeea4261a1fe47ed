namespace MicroFirmware.Bitcoin.Tests;

public class ExtranonceCounterTests
{
    [Theory]
    [InlineData(1, "00", "01")]
    [InlineData(4, "00000000", "00000001")]
    [InlineData(8, "0000000000000000", "0000000000000001")]
    [InlineData(10, "00000000000000000000", "00000000000000000001")]
    public void Counter_begins_at_zero_in_any_size(int size, params string[] expected)
    {
        ExtranonceCounter counter = new(size);
        Assert.All(expected, hex =>
        {
            Assert.True(counter.TryTake(out byte[] extranonce));
            Assert.Equal(hex, Convert.ToHexString(extranonce));
        });
    }

    [Fact]
    public void Half_of_the_space_is_left_to_others()
    {
        ExtranonceCounter counter = new(2);
        byte[] last = [];
        int given = 0;
        while (counter.TryTake(out byte[] extranonce))
        {
            last = extranonce;
            given++;
        }

        Assert.Equal((32_768, "7FFF"), (given, Convert.ToHexString(last)));
        Assert.False(counter.TryTake(out byte[] none));
        Assert.Empty(none);
    }

    [Fact]
    public void Taken_by_many_threads_each_is_taken_once()
    {
        ExtranonceCounter counter = new(3);
        string[] taken = new string[10_000];
        Parallel.For(0, taken.Length, i => taken[i] = counter.TryTake(out byte[] e) ? Convert.ToHexString(e) : "");
        Assert.Equal(taken.Length, taken.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void Size_out_of_range_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtranonceCounter(size));
}
