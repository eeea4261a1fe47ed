using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Tests.Jobs;

public class SeenSharesTests
{
    [Fact]
    public void Every_hash_is_new_once()
    {
        SeenShares seen = new(limit: 100_000);
        Hash256[] hashes = [.. Enumerable.Range(0, 30_000).Select(i => Sha256d.Hash(BitConverter.GetBytes(i)))];
        Assert.All(hashes, hash => Assert.True(seen.Add(hash)));
        Assert.All(hashes, hash => Assert.False(seen.Add(hash)));
        Assert.False(seen.IsFull);
    }

    [Fact]
    public void One_of_many_threads_is_the_first()
    {
        SeenShares seen = new(limit: 100_000);
        int added = 0;
        Parallel.For(0, 80_000, i =>
        {
            if (seen.Add(Sha256d.Hash(BitConverter.GetBytes(i % 20_000))))
            {
                Interlocked.Increment(ref added);
            }
        });
        Assert.Equal(20_000, added);
    }

    [Fact]
    public void Full_at_its_limit()
    {
        SeenShares seen = new(limit: 2);
        seen.Add(Sha256d.Hash([1]));
        Assert.False(seen.IsFull);
        seen.Add(Sha256d.Hash([2]));
        Assert.True(seen.IsFull);
    }
}
