using System.Runtime.InteropServices;

namespace MicroFirmware.Paywall;

/// <summary>
/// Payments that are known to be booked, so that their tokens need not ask the ledger again. It forgets the older half
/// when it is full: then the ledger is asked, which knows them all.
/// </summary>
internal sealed class RecentPayments
{
    private const int HalfCapacity = 32_768;

    private readonly Lock _gate = new();
    private HashSet<UInt128> _newer = [];
    private HashSet<UInt128> _older = [];

    public bool Contains(ReadOnlySpan<byte> paymentHash)
    {
        UInt128 name = NameOf(paymentHash);
        lock (_gate)
        {
            return _newer.Contains(name) || _older.Contains(name);
        }
    }

    public void Add(ReadOnlySpan<byte> paymentHash)
    {
        lock (_gate)
        {
            if (_newer.Count == HalfCapacity)
            {
                (_older, _newer) = (_newer, _older);
                _newer.Clear();
            }

            _newer.Add(NameOf(paymentHash));
        }
    }

    /// <summary>Half of a hash names it: only our own node makes them.</summary>
    private static UInt128 NameOf(ReadOnlySpan<byte> paymentHash) => MemoryMarshal.Read<UInt128>(paymentHash);
}
