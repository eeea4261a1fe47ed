using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>
/// Valid and corrupted proofs through twenty boards with the firmware's own code, three of which lie. The gateway does
/// not look by itself unless boards contradict each other.
/// </summary>
public class LyingBoardTests
{
    private const int Seed = 20_260_710;
    private const int Boards = 20;
    private const int Liars = 3;

    // A liar that lied at once would never get a real proof: these behave until they are trusted, and each time anew.
    private static readonly TimeSpan s_betweenProofs = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(Seed);

    [Theory]
    [InlineData("together", 1_000)]
    [InlineData("always valid", 150)]
    [InlineData("at random", 150)]
    public async Task Every_verdict_is_right_and_every_liar_is_caught(string way, int proofs)
    {
        using ProofHall hall = new(Boards, Options(), _random);
        hall.Admit();
        ProofMaker maker = new(_random);
        for (int liar = 0; liar < Liars; liar++)
        {
            int number = liar;
            hall.Boards[liar].Lie = finding => Lie(way, hall.StandingOf(number), hall.Time.GetUtcNow(), finding);
        }

        for (int i = 0; i < 2 * proofs; i++)
        {
            TransactionProof valid = maker.Next();
            TransactionProof proof = i % 2 == 0 ? valid : maker.Corrupt(valid);

            ProofDecision? decision = await hall.CheckAsync(proof);

            Assert.True(decision is not null, $"proof {i} of seed {Seed}: no decision");
            Assert.True((decision.Result.Code == FindingCode.Valid) == (i % 2 == 0), $"proof {i} of seed {Seed}");
            Assert.Equal(ProofJudge.Check(proof), decision.Result);
            Assert.InRange(decision.Boards.Count, Options().Agreeing, Boards);
            hall.Pass(s_betweenProofs);
        }

        Assert.Equal((proofs, proofs, 0, 0), (hall.Desk.Counts.Valid, hall.Desk.Counts.Wrong,
            hall.Desk.Counts.Undecided, hall.Desk.Counts.Mistaken));
        for (int board = 0; board < Boards; board++)
        {
            Assert.Equal(board < Liars, hall.StandingOf(board).Wrong > 0);
        }
    }

    private static ProofOptions Options() => new() { Boards = 5, Agreeing = 4, AuditPercent = 0, PlantedPercent = 20 };

    private void Lie(string way, BoardStanding standing, DateTimeOffset now, ProofFinding finding)
    {
        if (!standing.IsTrusted(now))
        {
            return;
        }

        bool isValid = finding.Code == FindingCode.Valid;
        switch (way)
        {
            case "together":
                (finding.Code, finding.Where) = (isValid ? FindingCode.NotInBlock : FindingCode.Valid, 0);
                break;
            case "always valid":
                (finding.Code, finding.Where) = (FindingCode.Valid, 0);
                break;
            default:
                finding.Trace[_random.Next(32)] ^= (byte)_random.Next(256);
                finding.Code = (FindingCode)_random.Next(1, 10);
                break;
        }
    }
}
