using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Devices;

public sealed class GatekeeperTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = new TestStore(_directory.File("gateway.db"));
        await _store.EnrolAsync("board");
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Admit_good_credential_is_let_in_and_its_counter_is_on_the_disk()
    {
        Admission admission = await Admit(5);

        Assert.Null(admission.Refusal);
        Assert.Equal("board", admission.Device!.Id);
        Assert.Equal(5, _store.Scalar("SELECT counter FROM device_state"));
    }

    [Theory]
    [InlineData(500UL)]
    [InlineData(435UL)]
    [InlineData(0UL)]
    public async Task Admit_counter_used_or_too_old_is_refused_with_the_floor(ulong counter)
    {
        await Admit(500);

        Admission admission = await Admit(counter);

        Assert.Equal(RefusalCode.CounterReplayed, admission.Refusal);
        Assert.Equal(500UL, admission.CounterFloor);
    }

    [Fact]
    public async Task Admit_request_that_was_overtaken_is_let_in_once()
    {
        await Admit(500);

        Admission overtaken = await Admit(499);

        Assert.Null(overtaken.Refusal);
        Assert.Equal(500, _store.Scalar("SELECT counter FROM device_state"));
        Assert.Equal(RefusalCode.CounterReplayed, (await Admit(499)).Refusal);
    }

    [Fact]
    public async Task Admit_request_that_was_overtaken_by_a_restart_of_the_gateway_is_refused()
    {
        await Admit(500);
        _store.Dispose();
        _store = new TestStore(_directory.File("gateway.db"));

        Assert.Equal(RefusalCode.CounterReplayed, (await Admit(499)).Refusal);
        Assert.Null((await Admit(501)).Refusal);
    }

    [Fact]
    public async Task Admit_counter_of_before_a_restart_is_refused_after_it()
    {
        await Admit(7UL << 32);
        _store.Dispose();
        _store = new TestStore(_directory.File("gateway.db"));

        Assert.Equal(RefusalCode.CounterReplayed, (await Admit(7UL << 32)).Refusal);
        Assert.Null((await Admit((7UL << 32) + 1)).Refusal);
    }

    [Fact]
    public async Task Admit_same_credential_many_times_at_once_is_let_in_once()
    {
        Admission[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Admit(9))));

        Assert.Single(all, admission => admission.Refusal is null);
    }

    [Fact]
    public async Task Admit_unknown_device_is_refused()
    {
        Credential credential = Credential.ForWork("stranger", 1, TestStore.Key);

        Assert.Equal(RefusalCode.UnknownDevice, (await Admit(credential)).Refusal);
    }

    [Fact]
    public async Task Admit_wrong_key_is_refused_and_uses_no_counter()
    {
        Admission admission = await Admit(Credential.ForWork("board", 1UL << 60, new byte[32]));

        Assert.Equal(RefusalCode.BadMac, admission.Refusal);
        Assert.Null((await Admit(1)).Refusal);
    }

    [Fact]
    public async Task Admit_revoked_device_is_refused()
    {
        await _store.Registry.RevokeAsync("board", CancellationToken.None);

        Assert.Equal(RefusalCode.Revoked, (await Admit(1)).Refusal);
    }

    [Fact]
    public async Task ToHeaderValue_refusal_is_signed_for_the_device_and_answers_its_request()
    {
        await Admit(5);
        await Admit(3);
        Admission admission = await Admit(3);

        byte[] record = Convert.FromHexString(
            admission.ToHeaderValue(RefusalCode.CounterReplayed, "board", TimeSpan.FromSeconds(7)));

        Assert.Equal(ParseStatus.Done, Refusal.Parse(record, 0, record.Length, out Refusal refusal));
        Assert.True(Refusal.IsAuthentic(record, 0, TestStore.Key, "board"));
        Assert.Equal((RefusalCode.CounterReplayed, 3UL, 5UL, (ushort)7),
            (refusal.Code, refusal.Counter, refusal.CounterFloor, refusal.RetryAfterSeconds));
    }

    private Task<Admission> Admit(ulong counter) => Admit(Credential.ForWork("board", counter, TestStore.Key));

    private Task<Admission> Admit(Credential credential) =>
        _store.Gatekeeper.AdmitAsync(credential, CancellationToken.None).AsTask();
}
