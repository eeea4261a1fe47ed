using MicroFirmware.KernelForge.Ssa;
using static System.Numerics.BitOperations;

namespace MicroFirmware.KernelForge.Tests.Ssa;

/// <summary>Computes a program with numbers.</summary>
internal static class SsaEvaluator
{
    /// <summary>Runs a program; what its test saw.</summary>
    /// <param name="program">The program.</param>
    /// <param name="block">Its parameter block.</param>
    /// <param name="nonce">What NextNonce gives.</param>
    public static uint Run(
        IReadOnlyList<Operation> program, IReadOnlyDictionary<BlockWord, uint> block, uint nonce)
    {
        Dictionary<Value, uint> values = [];
        var shift = 0;
        uint Get(Value value) => value.Constant ?? (value.Block is { } word ? block[word] : values[value]);
        foreach (var operation in program)
        {
            var s = operation.Sources.Select(Get).ToArray();
            if (operation.Kind == OperationKind.TestLowHalf)
            {
                return s[0];
            }

            if (operation.Kind == OperationKind.SetShift)
            {
                shift = operation.Amount;
                continue;
            }

            values.Add(operation.Result!, operation.Kind switch
            {
                OperationKind.Add => s[0] + s[1],
                OperationKind.Xor => s[0] ^ s[1],
                OperationKind.And => s[0] & s[1],
                OperationKind.Or => s[0] | s[1],
                OperationKind.Rotate => RotateRight(s[0], shift),
                OperationKind.ShiftLeft => s[0] << operation.Amount,
                OperationKind.ShiftRight => s[0] >> operation.Amount,
                OperationKind.NextNonce => nonce,
                _ => throw new InvalidOperationException($"{operation.Kind}"),
            });
        }

        throw new InvalidOperationException("The program has no test.");
    }
}
