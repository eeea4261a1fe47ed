using System.Runtime.InteropServices;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Broker;

/// <summary>Takes what boards say about themselves: status and telemetry. What cannot be read is ignored.</summary>
internal sealed class BoardReports(DeviceRegistry registry, Live<ShareOptions> options, GatewayClock clock)
{
    /// <summary>Every board's status.</summary>
    public static string StatusFilter { get; } = Topics.Status("+");

    /// <summary>Every board's telemetry.</summary>
    public static string TelemetryFilter { get; } = Topics.Telemetry("+");

    /// <summary><c>online</c> or <c>offline</c>; the latter comes as last will too.</summary>
    public void OnStatus(string topic, ReadOnlyMemory<byte> payload)
    {
        bool online = payload.Span.SequenceEqual("online"u8);
        if (!online && !payload.Span.SequenceEqual("offline"u8))
        {
            return;
        }

        Update(topic, (activity, now) =>
        {
            activity.SetOnline(online, now);
            if (online)
            {
                activity.ShareWork.Resume(now);
            }
        });
    }

    /// <summary>The board's own figures: claims, shown as such.</summary>
    public void OnTelemetry(string topic, ReadOnlyMemory<byte> payload)
    {
        ArraySegment<byte> octets = MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> array)
            ? array
            : payload.ToArray();
        if (Telemetry.Parse(octets.Array, octets.Offset, octets.Count, out Telemetry telemetry) == ParseStatus.Done)
        {
            Update(topic, (activity, _) => activity.Telemetry = telemetry);
        }
    }

    private void Update(string topic, Action<DeviceActivity, TimeSpan> change)
    {
        if (Topics.Parse(topic, out string id) == TopicKind.Unknown || registry.Find(id) is not { } device)
        {
            return;
        }

        TimeSpan now = clock.Now;
        lock (device)
        {
            DeviceActivity activity = device.Awake(options.Now, now);
            activity.LastSeen = now;
            change(activity, now);
        }
    }
}
