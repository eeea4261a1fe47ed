using System.Net;
using MicroFirmware.Addresses;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>
/// A bucket of tokens for every <see cref="ClientNetwork"/>: it begins full, and fills at a steady rate. Not safe for
/// threads.
/// </summary>
internal sealed class AddressBudget(int capacity, double perSecond)
{
    private const int MsPerSecond = 1_000;
    private const int MinAddressesToSweep = 1_024;

    private readonly Dictionary<IPAddress, Bucket> _buckets = [];
    private int _sweepAt = MinAddressesToSweep;

    /// <summary>Addresses that are remembered, because they took something lately.</summary>
    public int Count => _buckets.Count;

    /// <summary>What shares a bucket with this client; null on transports that know no addresses.</summary>
    public static IPAddress? KeyOf(EndPoint? from) =>
        from is IPEndPoint { Address: { } address } ? ClientNetwork.Of(address) : null;

    /// <summary>Takes one token, if there is one.</summary>
    public bool TryTake(IPAddress address, long nowMs)
    {
        double left = LeftOf(address, nowMs);
        bool isEnough = left >= 1;
        _buckets[address] = new Bucket(isEnough ? left - 1 : left, nowMs);
        if (_buckets.Count > _sweepAt)
        {
            Sweep(nowMs);
        }

        return isEnough;
    }

    private double LeftOf(IPAddress address, long nowMs) => _buckets.TryGetValue(address, out Bucket bucket)
        ? Math.Min(capacity, bucket.Left + ((nowMs - bucket.AtMs) * perSecond / MsPerSecond))
        : capacity;

    /// <summary>A full bucket is as good as none.</summary>
    private void Sweep(long nowMs)
    {
        foreach (IPAddress address in _buckets.Keys)
        {
            if (LeftOf(address, nowMs) >= capacity)
            {
                _buckets.Remove(address);
            }
        }

        _sweepAt = Math.Max(MinAddressesToSweep, _buckets.Count * 2);
    }

    private readonly record struct Bucket(double Left, long AtMs);
}
