using MicroFirmware.Gateway.Boards;

namespace MicroFirmware.Gateway.Tests.Boards;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "a", -1)]
    [InlineData("a", "B", -1)]
    [InlineData("Hall", "hall", 0)]
    [InlineData("a9", "a10", -1)]
    [InlineData("a010", "a9", 1)]
    [InlineData("a1b2", "a1b10", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("a99999999999999999999", "a100000000000000000000", -1)]
    public void Texts_compare_as_people_count(string x, string y, int expected)
    {
        Assert.Equal(expected, Math.Sign(NaturalOrder.Compare(x, y)));
        Assert.Equal(-expected, Math.Sign(NaturalOrder.Compare(y, x)));
    }
}
