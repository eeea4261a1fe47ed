using System.Runtime.CompilerServices;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>
/// RAM or flash with the instructions decoded from it. A write forgets what was decoded from the octets it touches, so
/// that code which copies or changes itself runs as written. The same memory may be mapped at several addresses.
/// </summary>
internal sealed class Memory
{
    /// <summary>Octets in a page of decoded instructions.</summary>
    public const int PageSize = 4096;

    private const int PageShift = 12;

    /// <summary>Longest instruction, and one more before it whose cost looks at its follower.</summary>
    private const int DecodeReach = 8;

    private readonly Op[]?[] _pages;
    private int _codeShift;

    public Memory(string name, int size, bool isReadOnly = false, bool wordsOnly = false)
    {
        Name = name;
        Octets = new byte[size];
        IsReadOnly = isReadOnly;
        WordsOnly = wordsOnly;
        _pages = new Op[]?[(size + PageSize - 1) / PageSize];
    }

    /// <summary>Memory of no size.</summary>
    public static Memory None { get; } = new("none", 0);

    public string Name { get; }

    public byte[] Octets { get; }

    /// <summary>True for flash: a store by the core is a fault.</summary>
    public bool IsReadOnly { get; }

    /// <summary>
    /// True where the data bus takes 32-bit accesses only (ESP32 TRM §1.3.2, internal SRAM 0 as IRAM).
    /// </summary>
    public bool WordsOnly { get; }

    /// <summary>True when a store needs no more than writing the octets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakesPlainStore(uint offset) => !IsReadOnly && _pages[offset >> PageShift] is null;

    public uint Read(uint offset, int size)
    {
        if (offset + size > Octets.Length)
        {
            size = Octets.Length - (int)offset;
        }
        uint value = 0;
        for (int i = 0; i < size; i++)
        {
            value |= (uint)Octets[offset + i] << (8 * i);
        }
        return value;
    }

    public void Write(uint offset, uint value, int size)
    {
        for (int i = 0; i < size; i++)
        {
            Octets[offset + i] = (byte)(value >> (8 * i));
        }
        Forget(offset, size);
    }

    /// <summary>Copies a block in, as a loader or a debugger does.</summary>
    public void Load(uint offset, ReadOnlySpan<byte> block)
    {
        block.CopyTo(Octets.AsSpan((int)offset));
        Forget(offset, block.Length);
    }

    /// <summary>The decoded instructions of the page that holds an offset.</summary>
    public Op[] CodePage(uint offset, int codeShift)
    {
        _codeShift = codeShift;
        return _pages[offset >> PageShift] ??= new Op[PageSize >> codeShift];
    }

    /// <summary>Drops what was decoded from some octets.</summary>
    public void Forget(uint offset, int size)
    {
        uint first = offset < DecodeReach ? 0 : offset - DecodeReach;
        uint end = (uint)Math.Min(offset + size, Octets.Length);
        for (uint at = first & ~((1u << _codeShift) - 1); at < end; at += 1u << _codeShift)
        {
            if (_pages[at >> PageShift] is { } page)
            {
                page[(at & (PageSize - 1)) >> _codeShift] = default;
            }
        }
    }
}
