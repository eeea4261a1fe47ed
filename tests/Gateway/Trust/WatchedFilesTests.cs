using MicroFirmware.Gateway.Trust;
using Microsoft.Extensions.Logging.Abstractions;
using ManualTimers = MicroFirmware.Mqtt.Tests.ManualTime;

namespace MicroFirmware.Gateway.Tests.Trust;

public sealed class WatchedFilesTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimers _time = new();
    private readonly string _one;
    private readonly string _two;

    public WatchedFilesTests()
    {
        _one = _directory.File("one");
        _two = _directory.File("two");
        File.WriteAllText(_one, "1");
        File.WriteAllText(_two, "2");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Current_is_read_anew_when_any_file_changed()
    {
        using WatchedFiles<string> watched = Watch();
        Assert.Equal("1 2", watched.Current);

        File.WriteAllText(_two, "3");
        Assert.Equal("1 2", watched.Current);
        _time.Advance(s_interval);

        Assert.Equal("1 3", watched.Current);
    }

    [Fact]
    public void Current_stays_while_a_file_is_missing_or_cannot_be_used()
    {
        using WatchedFiles<string> watched = Watch();

        File.Delete(_one);
        _time.Advance(s_interval);
        Assert.Equal("1 2", watched.Current);
        File.WriteAllText(_one, "");
        _time.Advance(s_interval);
        Assert.Equal("1 2", watched.Current);
        File.WriteAllText(_one, "4");
        _time.Advance(s_interval);

        Assert.Equal("4 2", watched.Current);
    }

    [Fact]
    public void Current_is_not_read_when_nothing_changed()
    {
        int loads = 0;
        using WatchedFiles<string> watched = new([_one, ""], () => $"{++loads}", _time, NullLogger.Instance);

        _time.Advance(10 * s_interval);

        Assert.Equal("1", watched.Current);
    }

    private WatchedFiles<string> Watch() => new([_one, _two], Load, _time, NullLogger.Instance);

    private string Load()
    {
        string one = File.ReadAllText(_one);
        return one.Length > 0 ? $"{one} {File.ReadAllText(_two)}" : throw new IOException("It is empty.");
    }
}
