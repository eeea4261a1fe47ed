using System.Reflection;
using System.Reflection.Emit;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Bench;

/// <summary>
/// Counts the IL instructions of one hash in the managed scanner, the one that runs on a stock nanoFramework image. Its
/// loop is unrolled: what one turn executes is what stands in it, without the short blocks that are jumped over (a
/// candidate, a carry).
/// </summary>
internal static class ManagedScannerIl
{
    /// <summary>nanoFramework's interpreter on an ESP32 at 240 MHz, kH/s: 45 to 60 machine instructions each.</summary>
    public static readonly HashRateInterval EstimatedKhs = new(0.15, 0.2, 0.45);

    /// <summary>A forward jump this far, in octets, skips a rare case; a longer one is part of the way.</summary>
    private const int LongestRareBlock = 40;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => opCode.Value);

    /// <summary>Instructions of one turn.</summary>
    public static int Count()
    {
        MethodInfo scan = typeof(UnrolledScanner).Assembly
            .GetType("MicroFirmware.Mining.UnrolledKernel", throwOnError: true)!
            .GetMethod("Scan", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        List<Il> code = [.. Decode(scan.GetMethodBody()!.GetILAsByteArray()!)];
        Il back = code.Last(il => il.Target < il.Offset);
        int count = 0;
        int resumeAt = 0;
        foreach (Il il in code.Where(il => il.Offset >= back.Target && il.Offset <= back.Offset))
        {
            if (il.Offset < resumeAt)
            {
                continue;
            }
            count++;
            bool isRareSkipped = il.IsConditional && il.Target > il.Offset && il.Target - il.Offset <= LongestRareBlock;
            resumeAt = isRareSkipped ? il.Target : resumeAt;
        }
        return count;
    }

    private static IEnumerable<Il> Decode(byte[] octets)
    {
        for (int at = 0; at < octets.Length;)
        {
            int offset = at;
            short value = octets[at++];
            if (value == 0xfe)
            {
                value = (short)(0xfe00 | octets[at++]);
            }
            OpCode opCode = s_opCodes[value];
            int size = OperandSize(opCode, octets, at);
            int target = opCode.OperandType switch
            {
                OperandType.ShortInlineBrTarget => at + 1 + (sbyte)octets[at],
                OperandType.InlineBrTarget => at + 4 + BitConverter.ToInt32(octets, at),
                _ => int.MaxValue,
            };
            at += size;
            yield return new Il(offset, target, opCode.FlowControl == FlowControl.Cond_Branch);
        }
    }

    private static int OperandSize(OpCode opCode, byte[] octets, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(octets, at)),
        _ => 4,
    };

    private readonly record struct Il(int Offset, int Target, bool IsConditional);
}
