using MicroFirmware.KernelForge.Code;

namespace MicroFirmware.KernelForge.Registers;

/// <summary>Moves loads away from the instruction that uses them, which would wait a cycle for it.</summary>
internal static class LoadHoisting
{
    private const int Reach = 5;

    /// <summary>The same program with fewer load-use stalls.</summary>
    public static IReadOnlyList<Instruction> Apply(IReadOnlyList<Instruction> code)
    {
        List<Instruction> result = [.. code];
        for (var at = 2; at < result.Count - 1; at++)
        {
            var load = result[at];
            if (load.Kind == InstructionKind.Load && result[at + 1].Reads(load.Target))
            {
                var place = Place(result, at);
                result.RemoveAt(at);
                result.Insert(place, load);
            }
        }

        return result;
    }

    /// <summary>Cycles that instructions wait for the load before them.</summary>
    public static int Stalls(IReadOnlyList<Instruction> code) =>
        code.Zip(code.Skip(1)).Count(pair => pair.First.IsLoad && pair.Second.Reads(pair.First.Target));

    // Behind the last instruction that is not a load itself: between a load and its user nothing would be gained.
    private static int Place(List<Instruction> code, int at)
    {
        var place = at;
        for (var back = 1; back <= Reach && at - back >= 0; back++)
        {
            var other = code[at - back];
            if (Conflicts(code[at], other))
            {
                break;
            }

            place = at - back;
            if (other.Kind != InstructionKind.Load)
            {
                break;
            }
        }

        return place;
    }

    private static bool Conflicts(Instruction load, Instruction other) =>
        other.Target == load.Target
        || other.Reads(load.Target)
        || (other.Kind == InstructionKind.Store && other.Slot == load.Slot)
        || other.Kind == InstructionKind.Exit;
}
