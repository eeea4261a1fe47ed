using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Devices;

/// <summary>Reads every registered device from the store, at start.</summary>
internal static class DeviceLoader
{
    private const string Query = """
        SELECT id, devices.name, key, registered_ms, revoked, device_state.counter, share_work, accepted, stale, invalid, work,
          best_work, coalesce(command_counters.counter, 0), board_labels.device IS NOT NULL, coalesce(board_labels.name, ''),
          coalesce(board_group, ''), coalesce(model, '')
        FROM devices JOIN device_state ON device_state.device = id
        LEFT JOIN command_counters ON command_counters.device = id
        LEFT JOIN board_labels ON board_labels.device = id ORDER BY id
        """;

    /// <exception cref="StorageException">The database cannot be read.</exception>
    public static void Load(Database database, DeviceRegistry registry)
    {
        using Statement row = database.Prepare(Query);
        while (row.Read())
        {
            registry.Load(new Device((int)row.Int64(0), row.Text(1), row.Blob(2).ToArray(), row.Int64(3))
            {
                IsRevoked = row.Int64(4) != 0,
                Counters = new CounterWindow((ulong)row.Int64(5)),
                CommandCounter = (ulong)row.Int64(12),
                Label = row.Int64(13) == 0 ? BoardLabel.None
                    : new BoardLabel(row.Text(14), row.Text(15), row.Text(16)),
                KnownShareWork = (ulong)row.Int64(6),
                Totals = new DeviceTotals
                {
                    Accepted = row.Int64(7),
                    Stale = row.Int64(8),
                    Invalid = row.Int64(9),
                    Work = (ulong)row.Int64(10),
                    BestWork = (ulong)row.Int64(11),
                },
            });
        }
    }
}
