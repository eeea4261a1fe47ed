using MicroFirmware.Micro.Boards;

namespace MicroFirmware.Micro.Tests.Boards;

public class ShareSizeTests
{
    [Fact]
    public void Work_is_counted_in_shares_of_the_latest_size()
    {
        var size = new ShareSize();

        Assert.Equal(0, size.ProvingShares(0, 0));
        Assert.Equal(10, size.ProvingShares(10, 100));
        Assert.Equal(2, size.ProvingShares(11, 200));
        Assert.Equal(2, size.ProvingShares(11, 200));
        Assert.Equal(3, size.ProvingShares(12, 300));
    }
}
