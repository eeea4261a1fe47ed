using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Backups;

/// <summary>
/// Counters that went on after the backup was taken are ahead of the restored ones. So the restored ones are raised
/// beyond whatever can have been used since:
/// <list type="bullet">
/// <item>of boards (<c>boot count &lt;&lt; 32 | n</c>), by a million starts. What anybody overheard since the backup is
/// below that and refused; a board is told the floor by its next refusal and goes on above it
/// (PROTOCOL.md, CounterReplayed).</item>
/// <item>of orders to boards, by 2^32. A board obeys only counters above the last; an order given again under a number
/// that it has seen would be dropped.</item>
/// </list>
/// Counters of payments stay: a payer has no way to learn a floor. A payment that is sent again after a restore finds a
/// ledger without it, and is debited once, as it was before.
/// </summary>
internal static class CounterJump
{
    /// <summary>How far a board's counter is raised.</summary>
    public const long BoardCounter = 1L << 52;

    /// <summary>How far a counter of orders is raised.</summary>
    public const long OrderCounter = 1L << 32;

    // A counter is an unsigned number in a signed column; one so great that it would wrap is its board's own doing.
    private const long GreatestRaised = long.MaxValue - BoardCounter;

    private static readonly string s_raise = $"""
        BEGIN IMMEDIATE;
        UPDATE device_state SET counter = counter + {BoardCounter} WHERE counter BETWEEN 0 AND {GreatestRaised};
        INSERT INTO command_counters(device, counter) SELECT id, {OrderCounter} FROM devices WHERE true
          ON CONFLICT(device) DO UPDATE SET counter = counter + {OrderCounter};
        COMMIT;
        """;

    /// <summary>Raises them all.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public static void Apply(Database database) => database.Execute(s_raise);
}
