using System.Globalization;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Backups;

/// <summary>
/// What must not be as it was when the backup was taken, because it went on since:
/// <list type="bullet">
/// <item>Counters of boards (<c>boot count &lt;&lt; 32 | n</c>) are raised by a million starts. What anybody overheard
/// since the backup is below that and refused; a board is told the floor by its next refusal and goes on above it
/// (PROTOCOL.md, CounterReplayed).</item>
/// <item>Counters of orders to boards are raised by 2^32. A board obeys only counters above the last; an order given
/// under a number that it has seen would be dropped.</item>
/// <item>Sessions of people and links that are good once are gone: they may have been ended or used since. API tokens
/// have ended, for one may have been revoked since; they stay listed: the owner sees which to make again.</item>
/// <item>Numbers of events are raised by 2^32: whoever follows them has seen numbers since that would come a second
/// time with another meaning. The event after them says that there was a restore, and what the owner has to do.</item>
/// </list>
/// Counters of payments stay: a payer has no way to learn a floor. A payment that is sent again after a restore finds a
/// ledger without it, and is debited once, as it was before.
/// </summary>
internal static class RestoredState
{
    /// <summary>How far a board's counter is raised.</summary>
    public const long BoardJump = 1L << 52;

    /// <summary>How far a counter of orders is raised.</summary>
    public const long OrderJump = 1L << 32;

    /// <summary>How far numbers of events are raised.</summary>
    public const long EventJump = 1L << 32;

    // A counter is an unsigned number in a signed column; one so great that it would wrap is its board's own doing.
    private const long GreatestRaised = long.MaxValue - BoardJump;

    /// <summary>Corrects a restored share store of today's layout.</summary>
    /// <param name="store">The store.</param>
    /// <param name="now">The time of the restore.</param>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public static void Correct(Database store, DateTimeOffset now) => store.Execute($"""
        BEGIN IMMEDIATE;
        UPDATE device_state SET counter = counter + {BoardJump} WHERE counter BETWEEN 0 AND {GreatestRaised};
        INSERT INTO command_counters(device, counter) SELECT id, {OrderJump} FROM devices WHERE true
          ON CONFLICT(device) DO UPDATE SET counter = counter + {OrderJump};
        DELETE FROM access_sessions;
        DELETE FROM access_links;
        UPDATE access_tokens SET end_ms = min(end_ms, {now.ToUnixTimeMilliseconds()});
        COMMIT;
        """);

    /// <summary>Corrects a restored journal, and tells of the restore in it.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="taken">When the backup was taken.</param>
    /// <param name="now">The time of the restore.</param>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public static void CorrectEvents(string path, DateTimeOffset taken, DateTimeOffset now)
    {
        Database events = EventStore.Open(path);
        using EventWriter writer = new(events, kept: long.MaxValue);
        writer.Begin();
        events.Execute($"""
            UPDATE events SET number = number + {EventJump};
            UPDATE webhooks SET taken = taken + {EventJump};
            """);
        long newest = Math.Max(EventJump, events.Scalar("SELECT max(number) FROM events"));
        string moment = taken.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        writer.Insert(new GatewayEvent(newest + 1, now, EventKind.GatewayRestored, EventSeverity.Warning, "",
            $"Restored to the state of {moment}. Revoke again the boards, and remove again the people, that were shut "
            + "out since. API tokens have ended; payouts wait for your approval."));
        writer.Commit();
    }
}
