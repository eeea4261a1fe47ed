namespace MicroFirmware.KernelForge.Ssa;

/// <summary>An operand while a program is built: known now, or a value known only when the loop runs.</summary>
internal readonly record struct Term
{
    private readonly uint _known;
    private readonly Value? _value;

    private Term(uint known, Value? value) => (_known, _value) = (known, value);

    /// <summary>True when it is a number now.</summary>
    public bool IsKnown => _value is null;

    /// <summary>The number; only when <see cref="IsKnown"/>.</summary>
    public uint Known => IsKnown ? _known : throw new InvalidOperationException();

    /// <summary>The value; only when not <see cref="IsKnown"/>.</summary>
    public Value Value => _value ?? throw new InvalidOperationException();

    /// <summary>A number.</summary>
    public static implicit operator Term(uint known) => new(known, null);

    /// <summary>A value.</summary>
    public static Term Of(Value value) => new(0, value);
}
