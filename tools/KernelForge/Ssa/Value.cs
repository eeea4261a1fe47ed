namespace MicroFirmware.KernelForge.Ssa;

/// <summary>A 32-bit value that is assigned once: computed, a word of the parameter block, or a constant.</summary>
internal sealed class Value
{
    private Value(BlockWord? block, uint? constant) => (Block, Constant) = (block, constant);

    /// <summary>Its place in the parameter block, if that is where it comes from.</summary>
    public BlockWord? Block { get; }

    /// <summary>Its value, if it is a constant.</summary>
    public uint? Constant { get; }

    /// <summary>True when an operation produces it.</summary>
    public bool IsComputed => Block is null && Constant is null;

    /// <summary>The result of an operation.</summary>
    public static Value Computed() => new(null, null);

    /// <summary>A word of the parameter block.</summary>
    public static Value OfBlock(BlockWord word) => new(word, null);

    /// <summary>A constant.</summary>
    public static Value OfConstant(uint value) => new(null, value);
}
