namespace MicroFirmware.TimeSeries;

/// <summary>
/// Writes numbers as varints: seven bits an octet, the least significant first, bit 7 set in all but the last. Signed
/// ones are folded first: 0, -1, 1, -2 become 0, 1, 2, 3.
/// </summary>
internal sealed class OctetWriter
{
    private const int FirstSize = 1_024;
    private const int LongestVarint = 19;
    private const int More = 0x80;

    private byte[] _octets = new byte[FirstSize];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Octets(ReadOnlySpan<byte> octets)
    {
        Reserve(octets.Length);
        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }

    public void Unsigned(UInt128 value)
    {
        Reserve(LongestVarint);
        while (value > ulong.MaxValue)
        {
            _octets[Length++] = (byte)((uint)value | More);
            value >>= 7;
        }

        ulong rest = (ulong)value;
        while (rest >= More)
        {
            _octets[Length++] = (byte)(rest | More);
            rest >>= 7;
        }

        _octets[Length++] = (byte)rest;
    }

    public void Signed(Int128 value) => Unsigned((UInt128)((value << 1) ^ (value >> 127)));

    private void Reserve(int octets)
    {
        if (_octets.Length - Length < octets)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, Length + octets));
        }
    }
}
