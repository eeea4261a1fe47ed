using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;
using MicroFirmware.TimeSeries;

namespace MicroFirmware.Gateway.Series;

/// <summary>Reads devices into a minute, and adds them up to the fleet on the way.</summary>
internal sealed class FleetReading(SeriesFrame frame)
{
    private Int128 _work;
    private long _accepted;
    private long _late;
    private long _invalid;
    private int _connected;
    private long? _claimed;
    private long? _hottest;
    private long? _weakest;
    private long? _least;

    /// <summary>Takes what a device did since it was read last. One that is away and did nothing is a gap.</summary>
    public void Take(Device device)
    {
        DeviceTotals since;
        Telemetry? telemetry;
        lock (device)
        {
            if (device.Activity is not { } activity)
            {
                return;
            }

            since = device.Totals.Since(activity.Sampled);
            activity.Sampled = device.Totals;
            bool isHere = activity.IsOnline || activity.Connections > 0;
            if (!isHere && since is { Accepted: 0, Stale: 0, Invalid: 0 })
            {
                return;
            }

            telemetry = isHere ? activity.Telemetry : null;
            _connected += isHere ? 1 : 0;
        }

        Count(device.Number, since);
        if (telemetry is not null)
        {
            Read(device.Number, telemetry);
        }
    }

    /// <summary>Writes what the fleet did in all.</summary>
    public void Complete()
    {
        frame.Add(FleetMetrics.Fleet, FleetMetrics.Work, _work);
        frame.Add(FleetMetrics.Fleet, FleetMetrics.Accepted, _accepted);
        frame.Add(FleetMetrics.Fleet, FleetMetrics.Late, _late);
        frame.Add(FleetMetrics.Fleet, FleetMetrics.Invalid, _invalid);
    }

    /// <summary>Writes how the fleet is.</summary>
    /// <param name="upstreamLatencyMs">Of the active upstream; null where it is not known.</param>
    public void CompleteGauges(double? upstreamLatencyMs)
    {
        frame.Set(FleetMetrics.Fleet, FleetMetrics.Connected, _connected);
        Set(FleetMetrics.Fleet, FleetMetrics.ClaimedRate, _claimed);
        Set(FleetMetrics.Fleet, FleetMetrics.Temperature, _hottest);
        Set(FleetMetrics.Fleet, FleetMetrics.Signal, _weakest);
        Set(FleetMetrics.Fleet, FleetMetrics.FreeMemory, _least);
        Set(FleetMetrics.Fleet, FleetMetrics.UpstreamLatency, (long?)upstreamLatencyMs);
    }

    private void Count(int device, in DeviceTotals since)
    {
        frame.Add(device, FleetMetrics.Work, since.Work);
        frame.Add(device, FleetMetrics.Accepted, since.Accepted);
        frame.Add(device, FleetMetrics.Late, since.Stale);
        frame.Add(device, FleetMetrics.Invalid, since.Invalid);
        _work += since.Work;
        _accepted += since.Accepted;
        _late += since.Stale;
        _invalid += since.Invalid;
    }

    private void Read(int device, Telemetry telemetry)
    {
        if (Set(device, FleetMetrics.ClaimedRate, Known(telemetry.HashRate)) is { } rate)
        {
            _claimed = (_claimed ?? 0) + rate;
        }

        _hottest = Max(_hottest, Set(device, FleetMetrics.Temperature, Known(telemetry.Temperature)));
        _weakest = Min(_weakest, Set(device, FleetMetrics.Signal, Known(telemetry.Rssi)));
        _least = Min(_least, Set(device, FleetMetrics.FreeMemory, Known(telemetry.FreeMemory)));
    }

    private long? Set(int subject, Metric metric, long? value)
    {
        if (value is { } known)
        {
            frame.Set(subject, metric, known);
        }

        return value;
    }

    private static long? Known(long value) => value == Telemetry.Unknown ? null : value;

    private static long? Max(long? one, long? other) => one is null || other > one ? other ?? one : one;

    private static long? Min(long? one, long? other) => one is null || other < one ? other ?? one : one;
}
