namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>Counts hazards and keeps the first ones.</summary>
public sealed class HazardLog
{
    /// <summary>So many hazards are kept in full; enough to see the pattern.</summary>
    public const int MaxKept = 64;

    private readonly List<Hazard> _first = [];
    private readonly long[] _byKind = new long[Enum.GetValues<HazardKind>().Length];

    /// <summary>Hazards so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first <see cref="MaxKept"/> of them.</summary>
    public IReadOnlyList<Hazard> First => _first;

    /// <summary>Hazards of one kind so far.</summary>
    public long CountOf(HazardKind kind) => _byKind[(int)kind];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = 0;
        _first.Clear();
        Array.Clear(_byKind);
    }

    internal void Add(in Hazard hazard)
    {
        Count++;
        _byKind[(int)hazard.Kind]++;
        if (_first.Count < MaxKept)
        {
            _first.Add(hazard);
        }
    }
}
