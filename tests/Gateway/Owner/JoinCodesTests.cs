using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Owner;

public sealed class JoinCodesTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private RunningGateway _gateway = null!;

    private JoinCodes Codes => _gateway.Host.Room<JoinCodes>();

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(time: _time);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Code_is_good_once()
    {
        AccessCode code = await CreateAsync();

        Assert.True(Codes.IsGood(code.Secret));
        JoinTicket?[] used = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Codes.TryUseAsync(code.Secret, $"board-{i}")));
        Assert.Single(used, ticket => ticket is not null);
        Assert.False(Codes.IsGood(code.Secret));
    }

    [Fact]
    public async Task Code_is_good_for_a_while()
    {
        JoinTicket ticket = (await Codes.CreateAsync())!;

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(15), ticket.End);
        _time.Advance(TimeSpan.FromMinutes(14.9));
        Assert.True(Codes.IsGood(ticket.Code!.Secret));
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.False(Codes.IsGood(ticket.Code.Secret));
    }

    [Fact]
    public async Task Codes_above_the_most_drop_the_oldest_here_and_in_the_store()
    {
        List<AccessCode> codes = [];
        for (int i = 0; i <= JoinCodes.MaxCodes; i++)
        {
            codes.Add(await CreateAsync());
        }

        Assert.False(Codes.IsGood(codes[0].Secret));
        Assert.All(codes[1..], code => Assert.True(Codes.IsGood(code.Secret)));
        await _gateway.RestartAsync();
        Assert.False(Codes.IsGood(codes[0].Secret));
        Assert.Equal(JoinCodes.MaxCodes, Codes.All().Count);
    }

    [Fact]
    public async Task Code_carries_the_authoritys_fingerprint() => Assert.Equal(
        AccessCode.PinOf(_gateway.Host.Room<CertificateAuthority>().Certificate), (await CreateAsync()).Pin);

    [Fact]
    public async Task Code_outlives_a_restart_with_its_end_and_without_being_kept()
    {
        JoinTicket ticket = (await Codes.CreateAsync(new JoinWish("esp32-devkitc", "Attic")))!;
        await _gateway.RestartAsync();

        JoinTicket found = Codes.Find(ticket.Number)!;
        Assert.Equal((ticket.End, ticket.Wish, null), (found.End, found.Wish, found.Code));
        Assert.True(Codes.IsGood(ticket.Code!.Secret));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(Codes.IsGood(ticket.Code.Secret));
        Assert.Equal(0, _gateway.Scalar(
            $"SELECT count(*) FROM access_join_codes WHERE digest LIKE '%{ticket.Code.Secret}%'"));
    }

    /// <summary>A crash right after the use: what came of it was never written.</summary>
    [Fact]
    public async Task Code_that_was_used_is_used_up_whatever_came_of_it()
    {
        JoinTicket ticket = (await Codes.CreateAsync())!;
        Assert.NotNull(await Codes.TryUseAsync(ticket.Code!.Secret, "board-1"));
        await _gateway.RestartAsync();

        Assert.Null(await Codes.TryUseAsync(ticket.Code.Secret, "board-2"));
        JoinTicket.Use use = Codes.Find(ticket.Number)!.Used!;
        Assert.Equal(("board-1", (EnrolResult?)null), (use.Device, use.Result));
    }

    [Fact]
    public async Task Code_stays_good_while_nothing_can_be_stored()
    {
        AccessCode code = await CreateAsync();
        TaskCompletionSource faulty = new();
        TaskCompletionSource fine = new();
        var store = _gateway.Host.Room<Gateway.Storage.GroupCommit>();
        store.FaultChanged += fault => (fault is null ? fine : faulty).TrySetResult();
        using (Database other = Database.Open(_gateway.DatabasePath))
        {
            other.Execute("BEGIN IMMEDIATE");
            _ = _gateway.Host.Room<AccessStore>().Write(_ => { });
            await faulty.Task.WaitAsync(TimeSpan.FromMinutes(1));

            Assert.Null(await Codes.TryUseAsync(code.Secret, "board-1"));
            Assert.Null(await Codes.CreateAsync());
            Assert.True(Codes.IsGood(code.Secret));
            other.Execute("ROLLBACK");
        }

        await fine.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(await Codes.TryUseAsync(code.Secret, "board-1"));
    }

    private async Task<AccessCode> CreateAsync() => (await Codes.CreateAsync())!.Code!;
}
