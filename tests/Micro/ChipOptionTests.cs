using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Tests;

public sealed class ChipOptionTests
{
    [Fact]
    public void Board_without_a_chip_gets_the_managed_scanner() =>
        Assert.IsType<UnrolledScanner>(ChipOption.CreateScanner(null));

    [Fact]
    public void Board_with_a_chip_gets_its_fastest_scanner() =>
        Assert.Equal("esp32-exact", ChipOption.CreateScanner("esp32").Name);

    [Fact]
    public void Least_share_of_a_chip_is_one_that_its_scanner_sees()
    {
        ulong threshold = ChipOption.CreateScanner("esp32c3").MaxThreshold;
        Assert.Equal(1ul << 32, ChipOption.LeastShareWork * (threshold + 1));
    }
}
