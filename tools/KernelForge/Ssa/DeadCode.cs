namespace MicroFirmware.KernelForge.Ssa;

/// <summary>Drops what nothing needs.</summary>
internal static class DeadCode
{
    /// <summary>The operations whose results are used, with no shift amount set in vain.</summary>
    public static IReadOnlyList<Operation> Remove(IReadOnlyList<Operation> operations)
    {
        HashSet<Value> live = [];
        List<Operation> kept = [];
        foreach (var operation in operations.Reverse())
        {
            if (operation.Result is null || live.Contains(operation.Result))
            {
                kept.Add(operation);
                live.UnionWith(operation.Sources);
            }
        }

        kept.Reverse();
        return WithoutVainShifts(kept);
    }

    // An amount is set in vain if it is set already, or set again before a rotation.
    private static List<Operation> WithoutVainShifts(List<Operation> operations)
    {
        List<Operation> result = [];
        Operation? pending = null;
        var amount = 0;
        foreach (var operation in operations)
        {
            if (operation.Kind == OperationKind.SetShift)
            {
                pending = operation;
                continue;
            }

            if (operation.Kind == OperationKind.Rotate && pending is not null && pending.Amount != amount)
            {
                amount = pending.Amount;
                result.Add(pending);
            }

            result.Add(operation);
        }

        return result;
    }
}
