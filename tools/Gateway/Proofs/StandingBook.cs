using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// Every board's standing, in memory and on the disk: a restart pardons nobody. What the disk does not take is known in
/// memory until then. The desk guards it.
/// </summary>
/// <param name="random">How long a probation is, so that nobody knows when it ends.</param>
/// <param name="store">Where it is kept; null for nowhere.</param>
internal sealed class StandingBook(Random random, GroupCommit? store)
{
    private const int LeastProbation = 3;
    private const int MostProbation = 8;

    private readonly Dictionary<int, BoardStanding> _standings = [];

    /// <summary>Findings that were right, were not, and did not come, since the start.</summary>
    public (long Right, long Wrong, long Late) Totals { get; private set; }

    /// <summary>The standing of a board; one that is new is on probation.</summary>
    public BoardStanding Of(Device device)
    {
        if (!_standings.TryGetValue(device.Number, out BoardStanding? standing))
        {
            _standings.Add(device.Number, standing = new BoardStanding { Probation = NewProbation() });
        }

        return standing;
    }

    /// <summary>Reads what earlier runs have seen.</summary>
    public void Load(Database database)
    {
        using Statement row = database.Prepare(
            "SELECT device, probation, lies, suspended_ms, right_count, wrong_count, late_count FROM proof_standings");
        while (row.Read())
        {
            _standings[(int)row.Int64(0)] = new BoardStanding
            {
                Probation = (int)row.Int64(1),
                Lies = (int)row.Int64(2),
                SuspendedUntil = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
                Right = row.Int64(4),
                Wrong = row.Int64(5),
                Late = row.Int64(6),
            };
        }
    }

    /// <summary>A board was right.</summary>
    public void Count(Device device)
    {
        Totals = Totals with { Right = Totals.Right + 1 };
        BoardStanding standing = Of(device);
        standing.Count();
        Keep(device, standing);
    }

    /// <summary>A board said what was not so.</summary>
    public void Suspend(Device device, DateTimeOffset now)
    {
        Totals = Totals with { Wrong = Totals.Wrong + 1 };
        BoardStanding standing = Of(device);
        standing.Suspend(now, NewProbation());
        Keep(device, standing);
    }

    /// <summary>A board did not answer.</summary>
    public void Miss(Device device, DateTimeOffset now)
    {
        Totals = Totals with { Late = Totals.Late + 1 };
        BoardStanding standing = Of(device);
        standing.Miss(now);
        Keep(device, standing);
    }

    private int NewProbation() => random.Next(LeastProbation, MostProbation + 1);

    private void Keep(Device device, BoardStanding standing)
    {
        (int probation, int lies, long until) =
            (standing.Probation, standing.Lies, standing.SuspendedUntil.ToUnixTimeMilliseconds());
        (long right, long wrong, long late) = (standing.Right, standing.Wrong, standing.Late);
        store?.TryAppend(new CommitSignal(writer => writer.SetProofStanding
            .Bind(1, device.Number).Bind(2, probation).Bind(3, lies).Bind(4, until)
            .Bind(5, right).Bind(6, wrong).Bind(7, late).Run()));
    }
}
