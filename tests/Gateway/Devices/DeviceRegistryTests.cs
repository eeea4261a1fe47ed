using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Storage;

namespace MicroFirmware.Gateway.Tests.Devices;

public sealed class DeviceRegistryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", 32, EnrolResult.InvalidId)]
    [InlineData("Board", 32, EnrolResult.InvalidId)]
    [InlineData("a-board-whose-name-is-far-too-long-to-be-one", 32, EnrolResult.InvalidId)]
    [InlineData("board", 31, EnrolResult.InvalidKey)]
    [InlineData("board", 33, EnrolResult.InvalidKey)]
    [InlineData("board", 32, EnrolResult.Enrolled)]
    public async Task Enrol_id_and_key_are_checked(string id, int keyLength, EnrolResult expected)
    {
        using TestStore store = Open();

        Assert.Equal(expected, await store.Registry.EnrolAsync(id, new byte[keyLength], false, CancellationToken.None));
        Assert.Equal(expected == EnrolResult.Enrolled, store.Registry.Find(id) is not null);
    }

    [Fact]
    public async Task Enrol_twice_keeps_the_first_key()
    {
        using TestStore store = Open();
        await store.EnrolAsync("board");

        Assert.Equal(EnrolResult.AlreadyEnrolled,
            await store.Registry.EnrolAsync("board", TestStore.Key, false, CancellationToken.None));
        Assert.Equal(EnrolResult.KeyDiffers,
            await store.Registry.EnrolAsync("board", new byte[32], false, CancellationToken.None));
        Assert.Equal(TestStore.Key, store.Registry.Find("board")!.Key);
        Assert.Equal(1, store.Registry.Count);
    }

    [Fact]
    public async Task Enrol_with_replacement_takes_the_new_key_for_good()
    {
        byte[] other = new byte[32];
        using (TestStore store = Open())
        {
            Device device = await store.EnrolAsync("board");
            await store.Registry.RevokeAsync("board", CancellationToken.None);

            Assert.Equal(EnrolResult.Revoked,
                await store.Registry.EnrolAsync("board", TestStore.Key, true, CancellationToken.None));
            Assert.Equal(EnrolResult.Replaced,
                await store.Registry.EnrolAsync("board", other, true, CancellationToken.None));
            Assert.Equal(other, device.Key);
            Assert.False(device.IsRevoked);
        }

        using TestStore again = Open();
        Assert.Equal(other, again.Registry.Find("board")!.Key);
        Assert.False(again.Registry.Find("board")!.IsRevoked);
    }

    [Fact]
    public async Task Load_after_a_restart_finds_every_device_again()
    {
        using (TestStore store = Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.EnrolAsync($"board-{i}")));
            await store.Registry.RevokeAsync("board-7", CancellationToken.None);
        }

        using TestStore again = Open();
        Assert.Equal(500, again.Registry.Count);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(i == 7, again.Registry.Find($"board-{i}")!.IsRevoked));
        Assert.Equal(500, again.Registry.All().Select(device => device.Number).Distinct().Count());
        Assert.Equal(501, (await again.EnrolAsync("one-more")).Number);
    }

    [Fact]
    public async Task Page_gives_devices_in_the_order_of_their_enrolment()
    {
        using TestStore store = Open();
        foreach (string id in (string[])["c", "a", "b"])
        {
            await store.EnrolAsync(id);
        }

        Assert.Equal(["a", "b"], store.Registry.Page(1, 5).Select(device => device.Id));
        Assert.Empty(store.Registry.Page(3, 5));
    }

    private TestStore Open() => new(_directory.File("gateway.db"));
}
