using MicroFirmware.Micro.Configure;

namespace MicroFirmware.Micro.Tests.Configure;

public class BoardSettingListTests
{
    [Fact]
    public void Lines_are_settings_and_the_last_word_counts()
    {
        BoardSettingList settings = new();
        settings.Read(["# the hall", "", "device = hall", " duty=50 ", "wifi = a = b"], "hall.txt");
        settings.Set("duty", "70");
        settings.Set("led", null);

        Assert.Equal("device = hall\nwifi = a = b\nduty = 70\n", settings.ToText());
        Assert.Equal("a = b", settings["wifi"]);
        Assert.Null(settings["led"]);
    }

    [Theory]
    [InlineData("duty")]
    [InlineData("= 50")]
    public void Line_that_is_no_setting_is_named(string line)
    {
        CommandFailure failure =
            Assert.Throws<CommandFailure>(() => new BoardSettingList().Read(["duty = 1", line], "hall.txt"));

        Assert.Equal("hall.txt, line 2 is no setting", failure.Message);
        Assert.Equal(ExitCode.Configuration, failure.ExitCode);
    }

    [Theory]
    [InlineData("key", "00", "(not shown)")]
    [InlineData("wifi-password", "secret", "(not shown)")]
    [InlineData("duty", "50", "50")]
    public void Secrets_are_not_shown(string name, string value, string shown) =>
        Assert.Equal(shown, BoardSettingList.Shown(name, value));
}
