namespace MicroFirmware.Mining.Tests;

public class ShareQueueTests
{
    private readonly ShareQueue _queue = new();

    [Fact]
    public void Queue_that_is_full_gives_up_the_oldest_share_that_is_not_under_way()
    {
        Fill();
        _queue.At(0).Handle = 1;
        _queue.At(1).Handle = 2;

        Assert.False(_queue.Add([100]));

        Assert.Equal(ShareQueue.Capacity, _queue.Count);
        Assert.Equal([0, 1, 3, 4], Enumerable.Range(0, 4).Select(i => (int)_queue.At(i).Record[0]));
        Assert.Equal(100, _queue.At(ShareQueue.Capacity - 1).Record[0]);
        Assert.True(_queue.Acknowledge(1));
    }

    [Fact]
    public void Queue_with_all_its_shares_under_way_gives_up_the_oldest()
    {
        Fill();
        for (int i = 0; i < ShareQueue.Capacity; i++)
        {
            _queue.At(i).Handle = i + 1;
        }

        Assert.False(_queue.Add([100]));

        Assert.Equal(1, _queue.At(0).Record[0]);
        Assert.False(_queue.Acknowledge(1));
    }

    private void Fill()
    {
        for (byte i = 0; i < ShareQueue.Capacity; i++)
        {
            Assert.True(_queue.Add([i]));
        }
    }
}
