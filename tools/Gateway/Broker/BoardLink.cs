using MicroFirmware.Gateway.Devices;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>A connected board: whose connection it is, and what it may touch. One per connection.</summary>
internal sealed class BoardLink(Device device) : IBrokerGuest
{
    private readonly string _share = Topics.Share(device.Id);
    private readonly string _telemetry = Topics.Telemetry(device.Id);
    private readonly string _status = Topics.Status(device.Id);
    private readonly string _finding = Topics.Finding(device.Id);
    private readonly string _command = Topics.Command(device.Id);
    private readonly string _proof = Topics.Proof(device.Id);

    /// <summary>Whose connection it is.</summary>
    public Device Device => device;

    /// <summary>Where its verdicts go.</summary>
    public TopicName Verdict { get; } = new(Topics.Verdict(device.Id));

    /// <summary>A board writes its own shares, telemetry, status and findings.</summary>
    public bool MayPublish(string topic) =>
        topic == _share || topic == _telemetry || topic == _status || topic == _finding;

    /// <summary>
    /// A board reads its own commands, verdicts and proofs, and the job notice; wildcards are not for boards.
    /// </summary>
    public bool MaySubscribe(string filter) =>
        filter == Topics.Job || filter == _command || filter == Verdict.Text || filter == _proof;
}
