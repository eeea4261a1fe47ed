using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>No two devices are ever given the same header: boards by lanes, Stratum miners by extranonce1, over jobs of
/// our own and of a pool, which may give the same work twice.</summary>
public class HeaderUniquenessTests
{
    private const int Steps = 4_000;

    private readonly ExtranonceCounter[] _sessions = [new(4), new(8)];

    [Theory]
    [InlineData(1)]
    [InlineData(22)]
    [InlineData(333)]
    [InlineData(4_444)]
    public void No_two_devices_are_given_the_same_header(int seed)
    {
        Random random = new(seed);
        FixedUpstream upstream = new();
        ManualTime time = new();
        using JobBoard board = new(upstream, new JobOptions { DeviceVersionBits = random.Next(17) }, time, random);
        upstream.Give(NextTemplate(random));
        Dictionary<Given, List<Claimed>> given = [];
        for (int step = 0; step < Steps; step++)
        {
            if (random.Next(40) == 0)
            {
                upstream.Give(NextTemplate(random));
                time.Advance(TimeSpan.FromSeconds(random.Next(40)));
                board.Refresh();
            }

            Job job = board.Current!;
            int device = random.Next(50);
            (BlockHeader header, uint free) = random.Next(2) == 0
                ? GiveToBoard(job, device)
                : GiveToConnection(job, device + 1_000, random);
            int owner = header.Nonce == 0 ? device : device + 1_000;
            Claim(given, header, new Claimed(owner, header.Version, free), seed);
        }
    }

    /// <summary>Two claims meet where all the bits agree that neither device may set; time and nonce are theirs.
    /// </summary>
    private static void Claim(Dictionary<Given, List<Claimed>> given, BlockHeader header, Claimed claimed, int seed)
    {
        Given key = new(header.PreviousHash, header.MerkleRoot, header.Bits);
        if (!given.TryGetValue(key, out List<Claimed>? others))
        {
            given[key] = others = [];
        }

        foreach (Claimed other in others.Where(o => o.Device != claimed.Device))
        {
            bool meet = ((claimed.Version ^ other.Version) & ~(claimed.Free | other.Free)) == 0;
            Assert.False(meet, $"seed {seed}: {claimed} and {other} meet at {key}");
        }

        others.Add(claimed);
    }

    private static (BlockHeader Header, uint Free) GiveToBoard(Job job, int device)
    {
        Assert.True(job.TryGrant(device, 1, out LaneGrant grant));
        return (grant.Header, grant.VersionMask);
    }

    private static (BlockHeader Header, uint Free) GiveToConnection(Job job, int device, Random random)
    {
        ExtranonceSpace space = job.Extranonces;

        // Few values, so that the same ones come again: whatever the miner chooses must not lead to another's header.
        byte[] extranonce2 = new byte[space.Extranonce2Size];
        extranonce2[^1] = (byte)random.Next(4);
        extranonce2[0] |= (byte)(random.Next(2) * 0xff);
        ConnectionTerms terms = new(1, 0, uint.MaxValue, job.Template.VersionMask);
        Extranonce extranonce = space.Join((uint)device, extranonce2);
        Solution solution = job.Solve(
            new ConnectionShare(0, job.Template.Time, 1), extranonce, job.RootOf(extranonce), terms);
        return (solution.Header, job.Template.VersionMask);
    }

    private BlockTemplate NextTemplate(Random random)
    {
        byte previous = (byte)random.Next(3);
        uint mask = random.Next(2) == 0 ? 0 : BlockHeader.RollingMask;
        BlockTemplate template = random.Next(3) == 0
            ? FixedUpstream.Easy(previous)
            : PoolWorks.Template("p", _sessions[random.Next(2)], previous, (byte)random.Next(2));
        return template with { VersionMask = mask, Time = template.Time + (uint)random.Next(3) };
    }

    private sealed record Given(Hash256 PreviousHash, Hash256 MerkleRoot, uint Bits);

    private sealed record Claimed(int Device, uint Version, uint Free);
}
