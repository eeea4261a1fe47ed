using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>Tells all boards of every new job. Retained, so that a board that connects knows at once.</summary>
internal sealed class JobAnnouncer(MqttBroker broker)
{
    private readonly TopicName _topic = new(Topics.Job);

    public void Announce(Job job)
    {
        byte[] octets = new byte[JobNotice.Length];
        new JobNotice { JobId = job.Id, Height = (uint)job.Height, CleanJobs = job.Clean }.Write(octets, 0);
        broker.Publish(_topic, octets, QualityOfService.AtLeastOnce, retain: true);
    }
}
