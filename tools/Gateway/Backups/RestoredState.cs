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
/// <item>Sessions of people and links that are good once are gone: they may have been ended or used since.</item>
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

    // A counter is an unsigned number in a signed column; one so great that it would wrap is its board's own doing.
    private const long GreatestRaised = long.MaxValue - BoardJump;

    private static readonly string s_correct = $"""
        BEGIN IMMEDIATE;
        UPDATE device_state SET counter = counter + {BoardJump} WHERE counter BETWEEN 0 AND {GreatestRaised};
        INSERT INTO command_counters(device, counter) SELECT id, {OrderJump} FROM devices WHERE true
          ON CONFLICT(device) DO UPDATE SET counter = counter + {OrderJump};
        DELETE FROM access_sessions;
        DELETE FROM access_links;
        COMMIT;
        """;

    /// <summary>Corrects a restored share store of today's layout.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public static void Correct(Database database) => database.Execute(s_correct);
}
