using System.Net.Sockets;
using System.Text;

namespace MicroFirmware.Micro.Tests.Services;

/// <summary>What a service manager hears on its socket.</summary>
public sealed class ServiceNoticeTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("notice-").FullName;
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        _manager.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [UnixFact]
    public async Task Manager_hears_ready_signs_of_life_and_stopping()
    {
        string path = Path.Combine(_folder, "notify");
        _manager.Bind(new UnixDomainSocketEndPoint(path));
        Dictionary<string, string> environment = new()
        {
            [ServiceNotice.SocketVariable] = path,
            [ServiceNotice.WatchdogVariable] = "20000",
        };
        using (ServiceNotice notice = new(environment.GetValueOrDefault, TimeProvider.System))
        {
            notice.Ready();

            Assert.True(notice.IsHeard);
            Assert.Equal("READY=1", await HearAsync());
            Assert.Equal("WATCHDOG=1", await HearAsync());
        }

        string last;
        do
        {
            last = await HearAsync();
        }
        while (last == "WATCHDOG=1");

        Assert.Equal("STOPPING=1", last);
    }

    [UnixFact]
    public void Manager_that_is_gone_disturbs_nobody()
    {
        using ServiceNotice notice = new(
            name => name == ServiceNotice.SocketVariable ? Path.Combine(_folder, "gone") : null, TimeProvider.System);

        notice.Ready();
    }

    [Fact]
    public void Nobody_asked_nothing_is_said()
    {
        using ServiceNotice notice = new(_ => null, TimeProvider.System);

        notice.Ready();

        Assert.False(notice.IsHeard);
    }

    private async Task<string> HearAsync()
    {
        byte[] octets = new byte[64];
        using CancellationTokenSource deadline = new(s_deadline);
        int length = await _manager.ReceiveAsync(octets, deadline.Token);
        return Encoding.ASCII.GetString(octets, 0, length);
    }
}
