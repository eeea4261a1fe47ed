using System.Numerics;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Xtensa;

/// <summary>
/// What the arithmetic, logic and shift instructions do (Xtensa ISA, chapter 6). D = r, A = s, B = t.
/// </summary>
internal static partial class XtensaOperations
{
    private const byte Sar = SpecialRegister.ShiftAmount;

    public static void And(Core c, ref Op o) => c[o.D] = c[o.A] & c[o.B];

    public static void Or(Core c, ref Op o) => c[o.D] = c[o.A] | c[o.B];

    public static void Xor(Core c, ref Op o) => c[o.D] = c[o.A] ^ c[o.B];

    public static void Negate(Core c, ref Op o) => c[o.D] = 0u - c[o.B];

    public static void Absolute(Core c, ref Op o) => c[o.D] = (int)c[o.B] < 0 ? 0u - c[o.B] : c[o.B];

    public static void Add(Core c, ref Op o) => c[o.D] = c[o.A] + c[o.B];

    public static void AddTimes2(Core c, ref Op o) => c[o.D] = (c[o.A] << 1) + c[o.B];

    public static void AddTimes4(Core c, ref Op o) => c[o.D] = (c[o.A] << 2) + c[o.B];

    public static void AddTimes8(Core c, ref Op o) => c[o.D] = (c[o.A] << 3) + c[o.B];

    public static void Subtract(Core c, ref Op o) => c[o.D] = c[o.A] - c[o.B];

    public static void SubtractTimes2(Core c, ref Op o) => c[o.D] = (c[o.A] << 1) - c[o.B];

    public static void SubtractTimes4(Core c, ref Op o) => c[o.D] = (c[o.A] << 2) - c[o.B];

    public static void SubtractTimes8(Core c, ref Op o) => c[o.D] = (c[o.A] << 3) - c[o.B];

    public static void AddImmediate(Core c, ref Op o) => c[o.B] = c[o.A] + (uint)o.Imm;

    public static void MoveImmediate(Core c, ref Op o) => c[o.B] = (uint)o.Imm;

    public static void AddImmediateNarrow(Core c, ref Op o) => c[o.D] = c[o.A] + (uint)o.Imm;

    public static void MoveImmediateNarrow(Core c, ref Op o) => c[o.A] = (uint)o.Imm;

    public static void MoveNarrow(Core c, ref Op o) => c[o.B] = c[o.A];

    public static void MoveIfZero(Core c, ref Op o) => Move(c, ref o, c[o.B] == 0);

    public static void MoveIfNotZero(Core c, ref Op o) => Move(c, ref o, c[o.B] != 0);

    public static void MoveIfNegative(Core c, ref Op o) => Move(c, ref o, (int)c[o.B] < 0);

    public static void MoveIfNotNegative(Core c, ref Op o) => Move(c, ref o, (int)c[o.B] >= 0);

    public static void Minimum(Core c, ref Op o) => c[o.D] = (uint)Math.Min((int)c[o.A], (int)c[o.B]);

    public static void Maximum(Core c, ref Op o) => c[o.D] = (uint)Math.Max((int)c[o.A], (int)c[o.B]);

    public static void MinimumUnsigned(Core c, ref Op o) => c[o.D] = Math.Min(c[o.A], c[o.B]);

    public static void MaximumUnsigned(Core c, ref Op o) => c[o.D] = Math.Max(c[o.A], c[o.B]);

    /// <summary>The immediate is the number of the sign bit.</summary>
    public static void SignExtend(Core c, ref Op o) => c[o.D] = (uint)((int)(c[o.A] << (31 - o.Imm)) >> (31 - o.Imm));

    public static void Clamp(Core c, ref Op o)
    {
        int limit = 1 << o.Imm;
        c[o.D] = (uint)Math.Clamp((int)c[o.A], -limit, limit - 1);
    }

    public static void NormalizeAmount(Core c, ref Op o)
    {
        uint value = c[o.A];
        uint bits = (int)value < 0 ? ~value : value;
        c[o.B] = (uint)BitOperations.LeadingZeroCount(bits) - 1;
    }

    public static void NormalizeAmountUnsigned(Core c, ref Op o) =>
        c[o.B] = (uint)BitOperations.LeadingZeroCount(c[o.A]);

    public static void Multiply16Unsigned(Core c, ref Op o) => c[o.D] = (c[o.A] & 0xffff) * (c[o.B] & 0xffff);

    public static void Multiply16(Core c, ref Op o) => c[o.D] = (uint)((short)c[o.A] * (short)c[o.B]);

    public static void Multiply(Core c, ref Op o) => c[o.D] = c[o.A] * c[o.B];

    public static void MultiplyHighUnsigned(Core c, ref Op o) => c[o.D] = (uint)(((ulong)c[o.A] * c[o.B]) >> 32);

    public static void MultiplyHigh(Core c, ref Op o) => c[o.D] = (uint)(((long)(int)c[o.A] * (int)c[o.B]) >> 32);

    public static void DivideUnsigned(Core c, ref Op o) => c[o.D] = c[o.A] / Divisor(c, ref o);

    public static void RemainderUnsigned(Core c, ref Op o) => c[o.D] = c[o.A] % Divisor(c, ref o);

    public static void Divide(Core c, ref Op o)
    {
        int divisor = (int)Divisor(c, ref o);
        c[o.D] = divisor == -1 ? 0u - c[o.A] : (uint)((int)c[o.A] / divisor);
    }

    public static void Remainder(Core c, ref Op o)
    {
        int divisor = (int)Divisor(c, ref o);
        c[o.D] = divisor == -1 ? 0 : (uint)((int)c[o.A] % divisor);
    }

    public static void SetShiftRight(Core c, ref Op o) => c[Sar] = c[o.A] & 31;

    public static void SetShiftLeft(Core c, ref Op o) => c[Sar] = 32 - (c[o.A] & 31);

    public static void SetShiftOctets(Core c, ref Op o) => c[Sar] = (c[o.A] & 3) * 8;

    public static void SetShiftOctetsBigEndian(Core c, ref Op o) => c[Sar] = 32 - ((c[o.A] & 3) * 8);

    public static void SetShiftImmediate(Core c, ref Op o) => c[Sar] = (uint)o.Imm;

    public static void ShiftLeftImmediate(Core c, ref Op o) => c[o.D] = c[o.A] << o.Imm;

    public static void ShiftRightArithmeticImmediate(Core c, ref Op o) => c[o.D] = (uint)((int)c[o.B] >> o.Imm);

    public static void ShiftRightImmediate(Core c, ref Op o) => c[o.D] = c[o.B] >> o.Imm;

    public static void ShiftRightCombined(Core c, ref Op o) =>
        c[o.D] = (uint)((((ulong)c[o.A] << 32) | c[o.B]) >> (int)c[Sar]);

    // The shift amount goes up to 32, where C# would shift by nothing: 64-bit operands make it come out as zero.
    public static void ShiftRight(Core c, ref Op o) => c[o.D] = (uint)((ulong)c[o.B] >> (int)c[Sar]);

    public static void ShiftLeft(Core c, ref Op o) => c[o.D] = (uint)(((ulong)c[o.A] << 32) >> (int)c[Sar]);

    public static void ShiftRightArithmetic(Core c, ref Op o) => c[o.D] = (uint)((long)(int)c[o.B] >> (int)c[Sar]);

    /// <summary>The immediate holds the shift in its low octet and the width less one above it.</summary>
    public static void Extract(Core c, ref Op o) =>
        c[o.D] = (c[o.B] >> (o.Imm & 31)) & (uint)((2L << (o.Imm >> 8)) - 1);

    private static void Move(Core c, ref Op o, bool condition)
    {
        if (condition)
        {
            c[o.D] = c[o.A];
        }
    }

    private static uint Divisor(Core c, ref Op o) =>
        c[o.B] != 0 ? c[o.B] : throw c.Fault(ref o, "division by zero");
}
