using System.Numerics;

namespace MicroFirmware.KernelForge.Ssa;

/// <summary>
/// Builds a program operation by operation; what is known is computed now and costs the loop nothing.
/// </summary>
internal sealed class SsaBuilder(RotateStyle style)
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<BlockWord, Value> _block = [];
    private readonly Dictionary<uint, Value> _constants = [];
    private int _shift;

    /// <summary>How rotations are made.</summary>
    public RotateStyle Style => style;

    /// <summary>The operations so far.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>A word of the parameter block.</summary>
    public Term Block(BlockWord word, int index = 0)
    {
        word += index;
        if (!_block.TryGetValue(word, out var value))
        {
            _block[word] = value = Value.OfBlock(word);
        }

        return Term.Of(value);
    }

    /// <summary>Sum; the known terms are added up first and cost one operation at most.</summary>
    public Term Add(params IEnumerable<Term> terms)
    {
        var known = 0u;
        Term? sum = null;
        foreach (var term in terms)
        {
            if (term.IsKnown)
            {
                known += term.Known;
            }
            else
            {
                sum = sum is { } left ? Emit(OperationKind.Add, left, term) : term;
            }
        }

        return sum is not { } variable ? known : known == 0 ? variable : Emit(OperationKind.Add, variable, known);
    }

    /// <summary>Exclusive or.</summary>
    public Term Xor(Term a, Term b) =>
        a.IsKnown && b.IsKnown ? a.Known ^ b.Known
        : a is { IsKnown: true, Known: 0 } ? b
        : b is { IsKnown: true, Known: 0 } ? a
        : Emit(OperationKind.Xor, a, b);

    /// <summary>And.</summary>
    public Term And(Term a, Term b) => a.IsKnown && b.IsKnown ? a.Known & b.Known : Emit(OperationKind.And, a, b);

    /// <summary>Logical shift to the right.</summary>
    public Term ShiftRight(Term a, int amount) =>
        a.IsKnown ? a.Known >> amount : Emit(OperationKind.ShiftRight, amount, a);

    /// <summary>Rotation to the right.</summary>
    public Term Rotate(Term a, int amount)
    {
        if (a.IsKnown)
        {
            return BitOperations.RotateRight(a.Known, amount);
        }

        if (style == RotateStyle.TwoShifts)
        {
            var right = Emit(OperationKind.ShiftRight, amount, a);
            return Emit(OperationKind.Or, right, Emit(OperationKind.ShiftLeft, 32 - amount, a));
        }

        if (_shift != amount)
        {
            _shift = amount;
            _operations.Add(new(OperationKind.SetShift, null, [], amount));
        }

        return Emit(OperationKind.Rotate, amount, a);
    }

    /// <summary>The next nonce of the software stream.</summary>
    public Term NextNonce() => Emit(OperationKind.NextNonce, 0);

    /// <summary>Ends the program: a candidate is noted if the low half is zero.</summary>
    public void TestLowHalf(Term a) => _operations.Add(new(OperationKind.TestLowHalf, null, [a.Value]));

    private Term Emit(OperationKind kind, Term a, Term b) => Emit(kind, 0, a, b);

    private Term Emit(OperationKind kind, int amount, params ReadOnlySpan<Term> sources)
    {
        var values = new Value[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            values[i] = sources[i].IsKnown ? Constant(sources[i].Known) : sources[i].Value;
        }

        var result = Value.Computed();
        _operations.Add(new(kind, result, values, amount));
        return Term.Of(result);
    }

    private Value Constant(uint number)
    {
        if (!_constants.TryGetValue(number, out var value))
        {
            _constants[number] = value = Value.OfConstant(number);
        }

        return value;
    }
}
