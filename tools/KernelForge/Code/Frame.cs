using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Code;

/// <summary>
/// The loop's stack frame in words: the parameter block, then constants that the instruction set cannot form in one
/// instruction, then what does not fit the registers. Saved registers lie at its end.
/// </summary>
internal sealed class Frame
{
    /// <summary>Octets of the frame; a load reaches all of it on both instruction sets.</summary>
    public const int Octets = 1024;

    private readonly List<uint> _constants = [];
    private readonly Stack<int> _freeSpills = [];
    private bool _hasSpills;

    /// <summary>Constants in the order of their slots, the first at <see cref="BlockLayout.Words"/>.</summary>
    public IReadOnlyList<uint> Constants => _constants;

    /// <summary>Words in use.</summary>
    public int Words { get; private set; } = BlockLayout.Words + 1;

    /// <summary>Slot of the pointer to the caller's block.</summary>
    public static int Caller => BlockLayout.Words;

    /// <summary>Slot of a block word.</summary>
    public static int Slot(BlockWord word, int index = 0) => (int)word + index;

    /// <summary>Slot of a constant; all are claimed before the first spill.</summary>
    public int Constant(uint value)
    {
        var index = _constants.IndexOf(value);
        if (index < 0)
        {
            if (_hasSpills)
            {
                throw new InvalidOperationException("Constants lie before spills: claim them first.");
            }

            index = _constants.Count;
            _constants.Add(value);
            Words++;
        }

        return Caller + 1 + index;
    }

    /// <summary>Takes a slot for a spilled value.</summary>
    public int TakeSpill()
    {
        _hasSpills = true;
        return _freeSpills.TryPop(out var slot) ? slot : Words++;
    }

    /// <summary>Gives a slot back.</summary>
    public void FreeSpill(int slot) => _freeSpills.Push(slot);
}
