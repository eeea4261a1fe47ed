using System.Text;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Broker;

/// <summary>What outlives the gateway, and what must not.</summary>
public sealed class KeptSessionsTests
{
    [Fact]
    public async Task Restart_after_a_crash_shows_no_board_online_and_no_old_job()
    {
        using TemporaryDirectory crashed = new();
        await using (RunningGateway gateway = await StartAsync())
        {
            await using TestBoard board = await gateway.EnrolAsync("board-1");

            // What a process that ends now would leave behind: the board is connected, its will not published.
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(gateway.DatabasePath)!, "sessions.db*"))
            {
                File.Copy(file, crashed.File(Path.GetFileName(file)));
            }
        }

        string copy = crashed.File("copy.db");
        File.Copy(crashed.File("sessions.db"), copy);
        File.Copy(crashed.File("sessions.db-wal"), copy + "-wal");
        Assert.Equal("online", StatusIn(copy));
        using (DataDirectory directory = new(new StorageOptions { DataDirectory = crashed.Path }))
        using (KeptSessions kept = new(directory, NullLogger<SqliteSessionStore>.Instance))
        {
            StoredMessage only = Assert.Single(kept.Load().Retained);
            Assert.Equal((Topics.Status("board-1"), "offline"), (only.Topic, TextOf(only)));
        }

        Assert.Equal("offline", StatusIn(crashed.File("sessions.db")));
    }

    [Fact]
    public async Task Restart_session_that_is_not_clean_is_there_again_and_hears_its_verdicts()
    {
        await using RunningGateway gateway = await StartAsync();
        await gateway.Host.EnrolAsync("board-1", TestStore.Key);
        await using (TestBoard board = BoardOf(gateway))
        {
            await board.ConnectAsync();
            Assert.False(board.Mqtt.SessionPresent);
        }

        await gateway.RestartAsync();
        await using TestBoard again = BoardOf(gateway);
        await again.ReconnectAboveAsync(1UL << 33);

        Assert.True(again.Mqtt.SessionPresent);
        Verdict verdict = await again.SendAsync(TestBoard.Mine(await again.FetchAsync(), 1));
        Assert.Equal(VerdictCode.Accepted, verdict.Code);
    }

    [Fact]
    public async Task Sessions_by_default_leave_no_file()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();

        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(gateway.DatabasePath)!, "sessions.db")));
    }

    [Fact]
    public void Sessions_file_that_is_no_database_is_named_with_the_remedy()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("sessions.db"), new string('x', 8_192));
        using DataDirectory held = new(new StorageOptions { DataDirectory = directory.Path });

        StorageException e = Assert.Throws<StorageException>(
            () => new KeptSessions(held, NullLogger<SqliteSessionStore>.Instance));

        Assert.Contains("sessions.db", e.Message);
        Assert.Contains("put back a copy", e.Message);
    }

    [Fact]
    public async Task Start_with_a_damaged_sessions_file_leaves_the_directory_free_for_the_next()
    {
        using TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("sessions.db"), new string('x', 8_192));
        void Use(GatewayOptions options)
        {
            options.Mqtt.KeepSessions = true;
            options.Storage.DataDirectory = directory.Path;
        }

        StorageException e = await Assert.ThrowsAsync<StorageException>(() => RunningGateway.StartAsync(Use));

        Assert.Contains("sessions.db", e.Message);
        File.Delete(directory.File("sessions.db"));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Use);
        await gateway.EnrolAsync("board-1");
    }

    private static Task<RunningGateway> StartAsync() =>
        RunningGateway.StartAsync(options => options.Mqtt.KeepSessions = true);

    private static TestBoard BoardOf(RunningGateway gateway) =>
        new(gateway.Host.HttpEndPoint.Port, gateway.Host.MqttEndPoint.Port, "board-1", TestStore.Key)
        {
            CleanSession = false,
        };

    private static string StatusIn(string path)
    {
        using SqliteSessionStore store = new(path);
        return TextOf(store.Load().Retained.Single(message => message.Topic == Topics.Status("board-1")));
    }

    private static string TextOf(StoredMessage message) => Encoding.ASCII.GetString(message.Payload.Span);
}
