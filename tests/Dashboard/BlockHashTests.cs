using MicroFirmware.Dashboard.Events;

namespace MicroFirmware.Dashboard.Tests;

public class BlockHashTests
{
    // Of the first block.
    private const string Genesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

    [Fact]
    public void Hash_is_found_in_a_sentence_and_its_end_is_shown()
    {
        Assert.Equal(Genesis, BlockHash.In($"hall found block 0, {Genesis}. It is being handed in.").Value);
        Assert.Equal("…f1b60a8ce26f", BlockHash.Short(Genesis));
        Assert.False(BlockHash.In("The gateway started.").Success);
    }
}
