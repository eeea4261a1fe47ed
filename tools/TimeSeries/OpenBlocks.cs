using MicroFirmware.Storage;

namespace MicroFirmware.TimeSeries;

/// <summary>For each tier the start of the block that is open: what is before it is in blocks and rolled up.</summary>
internal sealed class OpenBlocks(Database database)
{
    private readonly Statement _load = database.Prepare("SELECT tier, open FROM tiers");
    private readonly Statement _store = database.Prepare(
        "INSERT INTO tiers(tier, open) VALUES(?1, ?2) ON CONFLICT(tier) DO UPDATE SET open=excluded.open");

    private readonly long?[] _starts = new long?[Tier.All.Count];

    /// <summary>Null while the tier has no point.</summary>
    public long? this[Tier tier] => _starts[tier.Number];

    /// <summary>Reads them as they are in the transaction of the moment.</summary>
    public void Load()
    {
        Array.Clear(_starts);
        while (_load.Read())
        {
            _starts[(int)_load.Int64(0)] = _load.Int64(1);
        }
    }

    public void Set(Tier tier, long start)
    {
        _starts[tier.Number] = start;
        _store.Bind(1, tier.Number).Bind(2, start).Run();
    }
}
