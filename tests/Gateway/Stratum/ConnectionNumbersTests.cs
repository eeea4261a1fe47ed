using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Stratum;

namespace MicroFirmware.Gateway.Tests.Stratum;

public class ConnectionNumbersTests
{
    private readonly ConnectionNumbers _numbers = new();

    [Fact]
    public void Number_that_had_work_rests_until_there_is_a_new_block()
    {
        _numbers.OnJob(Sha256d.Hash([1]));
        Assert.Equal(0u, Take(2));
        _numbers.Return(0, hadWork: true);
        Assert.Equal(1u, Take(2));
        _numbers.OnJob(Sha256d.Hash([1]));
        Assert.False(_numbers.TryTake(2, out _));
        _numbers.OnJob(Sha256d.Hash([2]));
        Assert.Equal(0u, Take(2));
        Assert.False(_numbers.TryTake(2, out _));
    }

    [Fact]
    public void Number_that_had_no_work_is_free_at_once()
    {
        Assert.Equal(0u, Take(1));
        _numbers.Return(0, hadWork: false);
        Assert.Equal(0u, Take(1));
    }

    [Fact]
    public void Numbers_are_below_the_limit_of_the_moment()
    {
        for (uint i = 0; i < 5; i++)
        {
            Assert.Equal(i, Take(10));
        }

        _numbers.Return(4, hadWork: false);
        Assert.False(_numbers.TryTake(3, out _));
        Assert.Equal(4u, Take(10));
        Assert.Equal(5u, Take(10));
    }

    private uint Take(uint limit)
    {
        Assert.True(_numbers.TryTake(limit, out uint number));
        return number;
    }
}
