using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Tests.Fuzz;
using Microsoft.Data.Sqlite;

namespace MicroFirmware.Mqtt.Tests.Storage;

public sealed class SqliteSessionStoreTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => Array.ForEach(["", "-wal", "-shm"], s => File.Delete(_file + s));

    [Fact]
    public void Every_change_is_read_back()
    {
        using (var store = new SqliteSessionStore(_file))
        {
            Assert.Empty(store.Load().Sessions);
            Append(store, new(SessionChangeKind.Attached, "a"));
            Append(store, new(SessionChangeKind.Subscribed, "a", Text: "t/#", QoS: QualityOfService.AtLeastOnce));
            Append(store, new(SessionChangeKind.Subscribed, "a", Text: "t/#", QoS: QualityOfService.ExactlyOnce));
            Append(store, new(SessionChangeKind.Subscribed, "a", Text: "u"));
            Append(store, new(SessionChangeKind.Unsubscribed, "a", Text: "u"));
            for (int i = 5; i <= 8; i++)
            {
                byte[] payload = [(byte)i];
                Append(store, new(SessionChangeKind.Queued, "a", i, "t", payload, QualityOfService.ExactlyOnce));
            }

            Append(store, new(SessionChangeKind.Completed, "a", 6));
            Append(store, new(SessionChangeKind.Released, "a", 7));
            Append(store, new(SessionChangeKind.Received, "a", 65_535));
            Append(store, new(SessionChangeKind.Received, "a", 1));
            Append(store, new(SessionChangeKind.Forgotten, "a", 1));
            Append(store, new(SessionChangeKind.Detached, "a", 8));
            Append(store, new(SessionChangeKind.Attached, "b"));
            Append(store, new(SessionChangeKind.Attached, "gone"));
            Append(store, new(SessionChangeKind.Queued, "gone", 1, "t", new byte[1]));
            Append(store, new(SessionChangeKind.Ended, "gone"));
            Append(store, new(SessionChangeKind.Retained, Text: "r", Payload: new byte[] { 1, 2 }));
            Append(store, new(SessionChangeKind.Retained, Text: "cleared", Payload: new byte[] { 1 }));
            Append(store, new(SessionChangeKind.Retained, Text: "cleared"));
        }

        using var again = new SqliteSessionStore(_file);
        StoredState state = again.Load();
        Assert.Equal(["a", "b"], state.Sessions.Select(s => s.ClientId));
        StoredSession a = state.Sessions[0];
        Assert.Equal([new("t/#", QualityOfService.ExactlyOnce)], a.Subscriptions);
        Assert.Equal([(5L, false), (7L, true), (8L, false)], a.Messages.Select(m => (m.Number, m.IsReleased)));
        Assert.Equal([5], a.Messages[0].Payload.ToArray());
        Assert.Equal([65_535], a.Received.Select(id => (int)id));
        Assert.Equal(8, a.SentBelow);
        Assert.Null(state.Sessions[1].SentBelow);
        Assert.Equal("r", Assert.Single(state.Retained).Topic);
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_file_before_the_acknowledgement_leaves()
    {
        const int seed = 99;
        var random = new Random(seed);
        using var store = new SqliteSessionStore(_file);
        using var broker = NewBroker(store);
        await SleepingSubscriberAsync(broker);
        RawClient writer = await ConnectAsync(broker, "writer clean");

        for (int i = 1; i <= 200; i++)
        {
            int qos = 1 + random.Next(2);
            await writer.SendAsync($"PUBLISH t={i}@{qos} id={i}");
            Assert.Equal($"{(qos == 1 ? "PUBACK" : "PUBREC")} id={i}", await writer.NextAsync());
            Assert.True(StoredMessages() == i, $"seed {seed}: message {i} was acknowledged and is not stored");
        }
    }

    [Fact]
    public async Task Locked_file_holds_acknowledgements_back_until_it_is_free()
    {
        using var store = new SqliteSessionStore(_file);
        using var broker = NewBroker(store);
        await SleepingSubscriberAsync(broker);
        RawClient writer = await ConnectAsync(broker, "writer clean");
        using (SqliteConnection other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");
            await writer.SendAsync("PUBLISH t=x@1 id=1");
            await writer.SendAsync("PINGREQ");
            Assert.Equal("PINGRESP", await writer.NextAsync());
            await writer.SendAsync("PUBLISH elsewhere=y@0");
            await writer.SendAsync("PINGREQ");
            Assert.Equal("PINGRESP", await writer.NextAsync());
            Execute(other, "ROLLBACK");
        }

        Assert.Equal("PUBACK id=1", await writer.NextAsync());
        Assert.Equal(1, StoredMessages());
    }

    [Fact]
    public async Task Full_disk_holds_acknowledgements_back_until_there_is_room()
    {
        using var store = new SqliteSessionStore(_file);
        using var broker = NewBroker(store);
        await SleepingSubscriberAsync(broker);
        RawClient writer = await ConnectAsync(broker, "writer clean");
        Execute(store.Connection, "PRAGMA max_page_count=1");
        string large = new('x', 20_000);
        await writer.SendAsync($"PUBLISH t={large}@1 id=1");
        await writer.SendAsync("PINGREQ");
        Assert.Equal("PINGRESP", await writer.NextAsync());
        Assert.Equal(0, StoredMessages());

        Execute(store.Connection, "PRAGMA max_page_count=1000000");

        Assert.Equal("PUBACK id=1", await writer.NextAsync());
        Assert.Equal(1, StoredMessages());
    }

    [SmallDiskFact]
    public async Task File_system_without_room_holds_acknowledgements_back_until_there_is_some()
    {
        using var disk = new SmallDisk();
        var log = new ErrorLog();
        using (var store = new SqliteSessionStore(disk.File("sessions.db"), logger: log))
        using (MqttBroker broker = NewBroker(store))
        {
            await PublishWhileFullAsync(disk, broker, log);
        }

        using var again = new SqliteSessionStore(disk.File("sessions.db"));
        Assert.Equal(20_000, Assert.Single(Assert.Single(again.Load().Sessions).Messages).Payload.Length);
    }

    private static async Task PublishWhileFullAsync(SmallDisk disk, MqttBroker broker, ErrorLog log)
    {
        await SleepingSubscriberAsync(broker);
        RawClient writer = await ConnectAsync(broker, "writer clean");
        disk.Fill();
        await writer.SendAsync($"PUBLISH t={new string('x', 20_000)}@1 id=1");
        Task<string> answer = writer.NextAsync();
        await Waiting.UntilAsync(() => log.First is not null);

        Assert.Contains("nothing is acknowledged until they can", log.First, StringComparison.Ordinal);
        Assert.False(answer.IsCompleted);
        disk.Empty();

        Assert.Equal("PUBACK id=1", await answer);
    }

    [Fact]
    public void File_that_is_no_database_is_refused()
    {
        File.WriteAllText(_file, new string('x', 5_000));

        Assert.Throws<SqliteException>(() => new SqliteSessionStore(_file));
    }

    [Fact]
    public void File_of_another_version_is_refused_with_both_versions()
    {
        using (SqliteConnection connection = Open())
        {
            Execute(connection, "PRAGMA user_version=77");
        }

        SqliteException error = Assert.Throws<SqliteException>(() => new SqliteSessionStore(_file));
        Assert.Contains("version 77", error.Message, StringComparison.Ordinal);
    }

    private static void Append(SqliteSessionStore store, in SessionChange change) => store.Append(change);

    private static MqttBroker NewBroker(SqliteSessionStore store) =>
        new(new BrokerOptions { SysInterval = TimeSpan.Zero }, new OpenAuthority(), new ManualTime(), null, store);

    private static async Task<RawClient> ConnectAsync(MqttBroker broker, string text)
    {
        var client = new RawClient(broker);
        await client.SendAsync($"CONNECT {text}");
        Assert.Equal("CONNACK Accepted", await client.NextAsync());
        return client;
    }

    private static async Task SleepingSubscriberAsync(MqttBroker broker)
    {
        RawClient reader = await ConnectAsync(broker, "reader");
        await reader.SendAsync("SUBSCRIBE id=1 t@2");
        Assert.Equal("SUBACK id=1 2", await reader.NextAsync());
        reader.Cut();
        await reader.Served;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        return connection;
    }

    private long StoredMessages()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM message";
        return (long)command.ExecuteScalar()!;
    }
}
