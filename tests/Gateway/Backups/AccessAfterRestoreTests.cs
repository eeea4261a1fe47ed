using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Backups;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Tests.Backups;

/// <summary>A backup does not let in again what was let in when it was taken; followers of events are told.</summary>
public sealed class AccessAfterRestoreTests
{
    [Fact]
    public async Task Api_token_has_ended_after_the_restore_and_is_listed_still()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        TokenBook book = backedUp.Gateway.Host.Room<TokenBook>();
        (ApiToken made, AccessCode code) = (await book.CreateAsync("Grafana", ["read"], 0, life: null))!.Value;
        Assert.NotNull(book.Use(code.Secret));
        backedUp.Write();
        await book.RevokeAsync(token => token.Id == made.Id);

        backedUp.Restore();
        await using GatewayHost restored = await backedUp.StartRestoredAsync();

        TokenBook again = restored.Room<TokenBook>();
        Assert.Null(again.Use(code.Secret));
        Assert.Equal(["Grafana"], again.All().Select(token => token.Name));
        (_, AccessCode next) = (await again.CreateAsync("Grafana", ["read"], 0, life: null))!.Value;
        Assert.NotNull(again.Use(next.Secret));
    }

    [Fact]
    public async Task Number_of_an_event_after_the_restore_was_never_given_before()
    {
        await using BackedUp backedUp = await BackedUp.StartAsync();
        EventJournal journal = backedUp.Gateway.Host.Room<EventJournal>();
        journal.Publish(EventKind.SettingsChanged, "", "before");
        await ReadAsync(journal, "before");
        BackupReport backup = backedUp.Write();
        journal.Publish(EventKind.SettingsChanged, "", "since");
        long known = (await ReadAsync(journal, "since")).Number;

        backedUp.Restore();
        await using GatewayHost restored = await backedUp.StartRestoredAsync();

        EventJournal again = restored.Room<EventJournal>();
        GatewayEvent told = await ReadAsync(again, "Restored to the state of");
        GatewayEvent before = await ReadAsync(again, "before");
        Assert.Equal((EventKind.GatewayRestored, EventSeverity.Warning), (told.Kind, told.Severity));
        Assert.Contains($"{backup.Taken:yyyy-MM-dd HH:mm} UTC", told.Text);
        Assert.True(before.Number > known && told.Number > before.Number);
        again.Publish(EventKind.SettingsChanged, "", "after");
        Assert.True((await ReadAsync(again, "after")).Number > told.Number);
    }

    private static async Task<GatewayEvent> ReadAsync(EventJournal journal, string words)
    {
        await journal.FlushAsync();
        return Assert.Single(journal.Read(new EventQuery(Words: words)));
    }
}
