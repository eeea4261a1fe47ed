using System.Runtime.InteropServices;

namespace MicroFirmware.Gateway.Boards;

/// <summary>How many boards there are of each sort, for filters.</summary>
public sealed class BoardTally
{
    private readonly int[] _states = new int[Enum.GetValues<BoardState>().Length];
    private readonly Dictionary<string, int> _chips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Workers that speak Stratum.</summary>
    public int Miners { get; private set; }

    /// <summary>Chips and programs that there are, with how many of each; those that are not known are left out.
    /// </summary>
    public IReadOnlyDictionary<string, int> Chips => _chips.AsReadOnly();

    /// <summary>Groups that there are, with how many are in each.</summary>
    public IReadOnlyDictionary<string, int> Groups => _groups.AsReadOnly();

    /// <summary>Boards in this state.</summary>
    public int this[BoardState state] => _states[(int)state];

    internal void Count(in BoardFace face)
    {
        _states[(int)face.State]++;
        Miners += face.Device.IsMiner ? 1 : 0;
        Count(_chips, face.Chip);
        Count(_groups, face.Group);
    }

    private static void Count(Dictionary<string, int> counts, string name)
    {
        if (name.Length > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _)++;
        }
    }
}
