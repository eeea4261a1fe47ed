using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>The gateway's desk for proofs and boards that run the firmware, on one clock that stands until it is moved.
/// </summary>
internal sealed class ProofHall : IDisposable
{
    private readonly List<Device> _devices = [];

    public ProofHall(int boards, ProofOptions options, Random random)
    {
        for (int i = 0; i < boards; i++)
        {
            byte[] key = new byte[32];
            random.NextBytes(key);
            ProofBoard board = new($"board-{i}", key);
            Device device = new(i + 1, board.Id, key, 0);
            board.Published = octets => Desk!.Take(device, octets);
            Boards.Add(board);
            _devices.Add(device);
        }

        Standings = new StandingBook(random, store: null);
        ProofPanel panel = new(
            options, () => _devices, (device, task) => Boards[device.Number - 1].Deliver(task), Standings, random);
        Desk = new ProofDesk(
            options, panel, new ProofSamples(options.LimitBits, random), random, Time, NullLogger<ProofDesk>.Instance);
    }

    public ManualTime Time { get; } = new();

    public List<ProofBoard> Boards { get; } = [];

    public StandingBook Standings { get; }

    public ProofDesk Desk { get; }

    /// <summary>Powers all boards on, and waits until each one is asked for real proofs.</summary>
    public void Admit()
    {
        for (int i = 0; i < 10_000 && Desk.Ready < Boards.Count; i++)
        {
            Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Boards.Count, Desk.Ready);
    }

    /// <summary>Has a proof checked.</summary>
    public async Task<ProofDecision?> CheckAsync(TransactionProof proof)
    {
        Task<ProofDecision?> decision = Desk.CheckAsync(proof);
        Finish();
        return await decision;
    }

    /// <summary>Lets time pass, and everybody do what is due.</summary>
    public void Pass(TimeSpan time)
    {
        Pass(time, _ => true);
        Finish();
    }

    // Every board answers in time: that others were enough makes nobody late, nor does a test that moves on.
    private void Finish()
    {
        while (Boards.Exists(board => board.IsBusy))
        {
            Pass(TimeSpan.FromMilliseconds(10), board => board.IsBusy);
        }
    }

    private void Pass(TimeSpan time, Predicate<ProofBoard> takesPart)
    {
        Boards.ForEach(board => board.Pass(time));
        Time.Advance(time);
        Desk.Tick();
        Boards.FindAll(takesPart).ForEach(board => board.Step());
    }

    public BoardStanding StandingOf(int board) => Standings.Of(_devices[board]);

    public void Dispose() => Desk.Dispose();
}
