using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Boards;

public sealed class BoardLabelTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  By the window ", "By the window")]
    [InlineData("Küche 窓", "Küche 窓")]
    [InlineData("two\nlines", null)]
    [InlineData("a name of forty-one characters is too long", null)]
    public void Name_is_read_as_typed(string? text, string? expected) => Assert.Equal(expected, BoardLabel.Read(text));

    [Fact]
    public async Task Label_outlives_a_restart()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        await gateway.EnrolAsync("board-1", connect: false);
        await gateway.EnrolAsync("board-2", connect: false);
        DeviceRegistry registry = gateway.Host.Room<DeviceRegistry>();
        BoardLabel label = new("By the window", "Attic", "esp32-devkitc");

        Assert.True(await registry.LabelAsync("board-1", _ => new BoardLabel("Another", "", ""), default));
        Assert.True(await registry.LabelAsync("board-1", _ => label, default));
        Assert.False(await registry.LabelAsync("nobody", _ => label, default));
        await gateway.RestartAsync();

        registry = gateway.Host.Room<DeviceRegistry>();
        Assert.Equal(label, registry.Find("board-1")!.Label);
        Assert.Same(BoardLabel.None, registry.Find("board-2")!.Label);
    }
}
