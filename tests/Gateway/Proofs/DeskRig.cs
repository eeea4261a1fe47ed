using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Proofs;

/// <summary>A desk and boards that answer, or do not, when the test says so. They find what the judge finds.</summary>
internal sealed class DeskRig : IDisposable
{
    private readonly List<Device> _devices = [];

    public DeskRig(int boards, ProofOptions? options = null, bool areTrusted = true)
    {
        Options = options ?? new ProofOptions { PlantedPercent = 0 };
        Random random = new(1);
        for (int i = 1; i <= boards; i++)
        {
            byte[] key = new byte[Limits.KeyLength];
            random.NextBytes(key);
            _devices.Add(new Device(i, $"board-{i}", key, 0));
        }

        Standings = new StandingBook(random, store: null);
        if (areTrusted)
        {
            _devices.ForEach(device => Standings.Of(device).Probation = 0);
        }

        ProofPanel panel = new(Options, () => _devices, Receive, Standings, random);
        Desk = new ProofDesk(
            Options, panel, new ProofSamples(Options.LimitBits, random), random, Time, NullLogger<ProofDesk>.Instance);
    }

    public ProofOptions Options { get; }

    public ManualTime Time { get; } = new();

    public StandingBook Standings { get; }

    public ProofDesk Desk { get; }

    /// <summary>Tasks that were sent and not answered, in their order.</summary>
    public List<(Device Device, byte[] Octets)> Sent { get; } = [];

    public static TransactionProof Proof => ProofSamples.MainChain(0x1d00ffff)[0];

    public BoardStanding StandingOf(Device device) => Standings.Of(device);

    /// <summary>A board answers.</summary>
    public void Answer((Device Device, byte[] Octets) task, Action<ProofFinding>? lie = null)
    {
        Sent.Remove(task);
        Desk.Take(task.Device, Find(task, lie));
    }

    /// <summary>What a board answers.</summary>
    public static byte[] Find((Device Device, byte[] Octets) task, Action<ProofFinding>? lie = null)
    {
        Assert.Equal(ParseStatus.Done, ProofTask.Parse(task.Octets, 0, task.Octets.Length, out ProofTask read));
        Assert.True(ProofTask.IsAuthentic(task.Octets, task.Device.Key, task.Device.Id));
        ProofOutcome outcome = ProofJudge.Check(ToProof(read));
        ProofFinding finding = new()
        {
            Code = outcome.Code,
            Where = (byte)outcome.Where,
            Id = read.Id,
            Trace = outcome.Trace.ToOctets(),
        };
        lie?.Invoke(finding);
        byte[] octets = new byte[ProofFinding.Length];
        finding.Write(octets, 0, task.Octets, task.Device.Key, task.Device.Id);
        return octets;
    }

    public void Pass(TimeSpan time)
    {
        Time.Advance(time);
        Desk.Tick();
    }

    public void Dispose() => Desk.Dispose();

    private static TransactionProof ToProof(ProofTask task) => new(
        task.HasTransaction ? new Bitcoin.Hash256(task.Body) : null,
        task.Place,
        [.. Enumerable.Range(0, task.Levels).Select(i => new Bitcoin.Hash256(task.Body.AsSpan(ProofTask.AtLevel(i))))],
        [.. Enumerable.Range(0, task.Headers).Select(i => task.Body.AsSpan(task.AtHeader(i), 80).ToArray())],
        task.LimitBits);

    private bool Receive(Device device, byte[] octets)
    {
        Sent.Add((device, octets));
        return true;
    }
}
