using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using MicroFirmware.Rigs;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary>
/// A board with the firmware's own miner at a gateway that has no work, so that all it does is check proofs. What it
/// finds may be altered before it leaves, by somebody who has its key.
/// </summary>
internal sealed class ProofBoard
{
    private readonly Dictionary<ulong, (byte[] Octets, long UntilMs)> _tasks = [];
    private readonly VirtualHardware _hardware = new() { NowMs = 0, IsMute = true };
    private readonly VirtualNetwork _network;
    private readonly Miner _miner;

    public ProofBoard(string id, byte[] key)
    {
        (Id, Key) = (id, key);
        VirtualGateway gateway = new(key, id) { HasWork = false };
        _network = new VirtualNetwork(_hardware, new GatewayLine("gateway", gateway)) { LatencyMs = 0 };
        _network.Channel.Heard = (topic, payload, _) => Hear(topic, payload);
        MinerOptions options = new()
        {
            DeviceId = id,
            Key = key,
            Gateway = new GatewayAddress("gateway", 8080, 1883, false),
        };
        _miner = new Miner(options, new MinerPorts
        {
            Scanner = new UnrolledScanner(),
            WorkSource = _network.Work,
            ShareChannel = _network.Channel,
            Store = new VirtualDrive(),
            Console = _hardware,
            Clock = _hardware,
            Board = _hardware,
        });
    }

    public string Id { get; }

    public byte[] Key { get; }

    /// <summary>Changes what was found out, in place.</summary>
    public Action<ProofFinding> Lie { get; set; } = _ => { };

    /// <summary>Gets every finding that leaves.</summary>
    public Action<byte[]> Published { get; set; } = _ => { };

    /// <summary>Whether it has something to check, and time left for it.</summary>
    public bool IsBusy => _tasks.Values.Any(task => _hardware.NowMs < task.UntilMs);

    /// <summary>Lets time pass for it; nothing is done in it.</summary>
    public void Pass(TimeSpan time) => _hardware.NowMs += (long)time.TotalMilliseconds;

    /// <summary>Does what is due.</summary>
    public void Step() => _miner.Step(_hardware.NowMs);

    /// <summary>A task is sent.</summary>
    /// <returns>Whether the board hears it.</returns>
    public bool Deliver(byte[] task)
    {
        Assert.Equal(ParseStatus.Done, ProofTask.Parse(task, 0, task.Length, out ProofTask read));
        if (_network.Channel.IsOpen)
        {
            _tasks[read.Id] = (task, _hardware.NowMs + (1000 * read.Seconds));
            _network.Channel.Deliver(Topics.Proof(Id), task);
        }

        return _network.Channel.IsOpen;
    }

    private void Hear(string topic, byte[] payload)
    {
        if (topic == Topics.Finding(Id))
        {
            Assert.Equal(
                ParseStatus.Done, ProofFinding.Parse(payload, 0, payload.Length, out ProofFinding finding));
            Lie(finding);
            byte[] octets = new byte[ProofFinding.Length];
            Assert.True(_tasks.Remove(finding.Id, out (byte[] Octets, long UntilMs) task));
            finding.Write(octets, 0, task.Octets, Key, Id);
            Published(octets);
        }
    }
}
