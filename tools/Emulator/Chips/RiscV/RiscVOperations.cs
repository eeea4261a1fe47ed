using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.RiscV;

/// <summary>What each RV32IM instruction does (ISA manual, volume I, chapters 2 and 13).</summary>
internal static class RiscVOperations
{
    public static void LoadImmediate(Core c, ref Op o) => c[o.D] = (uint)o.Imm;

    public static void AddToPc(Core c, ref Op o) => c[o.D] = c.Pc - o.Length + (uint)o.Imm;

    public static void JumpAndLink(Core c, ref Op o)
    {
        c[o.D] = c.Pc;
        c.JumpTo((uint)o.Imm);
    }

    public static void JumpAndLinkRegister(Core c, ref Op o)
    {
        uint target = (c[o.A] + (uint)o.Imm) & ~1u;
        c[o.D] = c.Pc;
        c.JumpTo(target);
    }

    public static void BranchEqual(Core c, ref Op o) => Branch(c, ref o, c[o.A] == c[o.B]);

    public static void BranchNotEqual(Core c, ref Op o) => Branch(c, ref o, c[o.A] != c[o.B]);

    public static void BranchLess(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] < (int)c[o.B]);

    public static void BranchGreaterOrEqual(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] >= (int)c[o.B]);

    public static void BranchLessUnsigned(Core c, ref Op o) => Branch(c, ref o, c[o.A] < c[o.B]);

    public static void BranchGreaterOrEqualUnsigned(Core c, ref Op o) => Branch(c, ref o, c[o.A] >= c[o.B]);

    public static void LoadByte(Core c, ref Op o) => c[o.D] = (uint)(sbyte)c.Load8(ref o, Address(c, ref o));

    public static void LoadHalf(Core c, ref Op o) => c[o.D] = (uint)(short)c.Load16(ref o, Address(c, ref o));

    public static void LoadWord(Core c, ref Op o) => c[o.D] = c.Load32(ref o, Address(c, ref o));

    public static void LoadByteUnsigned(Core c, ref Op o) => c[o.D] = c.Load8(ref o, Address(c, ref o));

    public static void LoadHalfUnsigned(Core c, ref Op o) => c[o.D] = c.Load16(ref o, Address(c, ref o));

    public static void StoreByte(Core c, ref Op o) => c.Store8(ref o, Address(c, ref o), c[o.B]);

    public static void StoreHalf(Core c, ref Op o) => c.Store16(ref o, Address(c, ref o), c[o.B]);

    public static void StoreWord(Core c, ref Op o) => c.Store32(ref o, Address(c, ref o), c[o.B]);

    public static void AddImmediate(Core c, ref Op o) => c[o.D] = c[o.A] + (uint)o.Imm;

    public static void SetLessImmediate(Core c, ref Op o) => c[o.D] = (int)c[o.A] < o.Imm ? 1u : 0u;

    public static void SetLessImmediateUnsigned(Core c, ref Op o) => c[o.D] = c[o.A] < (uint)o.Imm ? 1u : 0u;

    public static void XorImmediate(Core c, ref Op o) => c[o.D] = c[o.A] ^ (uint)o.Imm;

    public static void OrImmediate(Core c, ref Op o) => c[o.D] = c[o.A] | (uint)o.Imm;

    public static void AndImmediate(Core c, ref Op o) => c[o.D] = c[o.A] & (uint)o.Imm;

    public static void ShiftLeftImmediate(Core c, ref Op o) => c[o.D] = c[o.A] << o.Imm;

    public static void ShiftRightImmediate(Core c, ref Op o) => c[o.D] = c[o.A] >> o.Imm;

    public static void ShiftRightArithmeticImmediate(Core c, ref Op o) => c[o.D] = (uint)((int)c[o.A] >> o.Imm);

    public static void Add(Core c, ref Op o) => c[o.D] = c[o.A] + c[o.B];

    public static void Subtract(Core c, ref Op o) => c[o.D] = c[o.A] - c[o.B];

    public static void ShiftLeft(Core c, ref Op o) => c[o.D] = c[o.A] << (int)(c[o.B] & 31);

    public static void SetLess(Core c, ref Op o) => c[o.D] = (int)c[o.A] < (int)c[o.B] ? 1u : 0u;

    public static void SetLessUnsigned(Core c, ref Op o) => c[o.D] = c[o.A] < c[o.B] ? 1u : 0u;

    public static void Xor(Core c, ref Op o) => c[o.D] = c[o.A] ^ c[o.B];

    public static void ShiftRight(Core c, ref Op o) => c[o.D] = c[o.A] >> (int)(c[o.B] & 31);

    public static void ShiftRightArithmetic(Core c, ref Op o) => c[o.D] = (uint)((int)c[o.A] >> (int)(c[o.B] & 31));

    public static void Or(Core c, ref Op o) => c[o.D] = c[o.A] | c[o.B];

    public static void And(Core c, ref Op o) => c[o.D] = c[o.A] & c[o.B];

    public static void Multiply(Core c, ref Op o) => c[o.D] = c[o.A] * c[o.B];

    public static void MultiplyHigh(Core c, ref Op o) =>
        c[o.D] = (uint)(((long)(int)c[o.A] * (int)c[o.B]) >> 32);

    public static void MultiplyHighSignedUnsigned(Core c, ref Op o) =>
        c[o.D] = (uint)(((long)(int)c[o.A] * c[o.B]) >> 32);

    public static void MultiplyHighUnsigned(Core c, ref Op o) => c[o.D] = (uint)(((ulong)c[o.A] * c[o.B]) >> 32);

    public static void Divide(Core c, ref Op o)
    {
        int dividend = (int)c[o.A];
        int divisor = (int)c[o.B];
        // Division by zero gives all ones, the one overflow the dividend; neither traps (§13.2).
        c[o.D] = divisor switch
        {
            0 => uint.MaxValue,
            -1 => (uint)-dividend,
            _ => (uint)(dividend / divisor),
        };
    }

    public static void DivideUnsigned(Core c, ref Op o) =>
        c[o.D] = c[o.B] == 0 ? uint.MaxValue : c[o.A] / c[o.B];

    public static void Remainder(Core c, ref Op o)
    {
        int dividend = (int)c[o.A];
        int divisor = (int)c[o.B];
        c[o.D] = divisor switch
        {
            0 => (uint)dividend,
            -1 => 0,
            _ => (uint)(dividend % divisor),
        };
    }

    public static void RemainderUnsigned(Core c, ref Op o) =>
        c[o.D] = c[o.B] == 0 ? c[o.A] : c[o.A] % c[o.B];

    public static void Fence(Core c, ref Op o) => c.Fence();

    public static void EnvironmentCall(Core c, ref Op o)
    {
        if (c.EnvironmentCall is null)
        {
            throw c.Fault(ref o, "environment call, and nobody to answer it");
        }
        c.EnvironmentCall(c);
    }

    public static void Breakpoint(Core c, ref Op o) => throw c.Fault(ref o, "breakpoint");

    public static void ReadCycle(Core c, ref Op o) => c[o.D] = (uint)c.Cycle;

    public static void ReadCycleHigh(Core c, ref Op o) => c[o.D] = (uint)(c.Cycle >> 32);

    public static void ReadRetired(Core c, ref Op o) => c[o.D] = (uint)c.Retired;

    public static void ReadRetiredHigh(Core c, ref Op o) => c[o.D] = (uint)(c.Retired >> 32);

    private static uint Address(Core c, ref Op o) => c[o.A] + (uint)o.Imm;

    private static void Branch(Core c, ref Op o, bool taken)
    {
        if (taken)
        {
            c.JumpTo((uint)o.Imm);
        }
    }
}
