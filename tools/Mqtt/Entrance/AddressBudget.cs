using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>
/// A bucket of tokens for every address: it begins full, and fills at a steady rate. Who has an IPv6 network has more
/// addresses than can be counted, so a /64, the least that a customer is given (RFC 6177), has one bucket. Not safe for
/// threads.
/// </summary>
internal sealed class AddressBudget(int capacity, double perSecond)
{
    private const int MsPerSecond = 1_000;
    private const int MinAddressesToSweep = 1_024;
    private const int NetworkOctets = 8;

    private readonly Dictionary<IPAddress, Bucket> _buckets = [];
    private int _sweepAt = MinAddressesToSweep;

    /// <summary>Addresses that are remembered, because they took something lately.</summary>
    public int Count => _buckets.Count;

    /// <summary>What shares a bucket with this client; null on transports that know no addresses.</summary>
    public static IPAddress? KeyOf(EndPoint? from)
    {
        if (from is not IPEndPoint { Address: { } address })
        {
            return null;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        byte[] octets = address.GetAddressBytes();
        octets.AsSpan(NetworkOctets).Clear();
        return new IPAddress(octets);
    }

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
