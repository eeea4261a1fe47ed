using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Xtensa;

/// <summary>Memory, branches, loops and system instructions.</summary>
internal static partial class XtensaOperations
{
    private const byte LinkRegister = 0;
    private const uint InterruptLevelMask = 15;

    public static void LoadLiteral(Core c, ref Op o) => c[o.B] = c.LoadLiteral(ref o, (uint)o.Imm);

    public static void LoadByte(Core c, ref Op o) => c[o.B] = c.Load8(ref o, Address(c, ref o));

    public static void LoadHalf(Core c, ref Op o) => c[o.B] = c.Load16(ref o, Address(c, ref o));

    public static void LoadHalfSigned(Core c, ref Op o) => c[o.B] = (uint)(short)c.Load16(ref o, Address(c, ref o));

    public static void LoadWord(Core c, ref Op o) => c[o.B] = c.Load32(ref o, Address(c, ref o));

    public static void StoreByte(Core c, ref Op o) => c.Store8(ref o, Address(c, ref o), c[o.B]);

    public static void StoreHalf(Core c, ref Op o) => c.Store16(ref o, Address(c, ref o), c[o.B]);

    public static void StoreWord(Core c, ref Op o) => c.Store32(ref o, Address(c, ref o), c[o.B]);

    /// <summary>A store that waits for all before it.</summary>
    public static void StoreWordReleasing(Core c, ref Op o)
    {
        c.Fence();
        StoreWord(c, ref o);
    }

    public static void CompareAndStore(Core c, ref Op o)
    {
        uint address = Address(c, ref o);
        byte register = o.B;
        uint found = c.Load32(ref o, address);
        if (found == c[SpecialRegister.Compare])
        {
            c.Store32(ref o, address, c[register]);
        }
        c[register] = found;
    }

    public static void Jump(Core c, ref Op o) => c.JumpTo((uint)o.Imm);

    public static void JumpRegister(Core c, ref Op o) => c.JumpTo(c[o.A]);

    public static void Return(Core c, ref Op o) => c.JumpTo(c[LinkRegister]);

    public static void Call(Core c, ref Op o)
    {
        c[LinkRegister] = c.Pc;
        c.JumpTo((uint)o.Imm);
    }

    public static void CallRegister(Core c, ref Op o)
    {
        uint target = c[o.A];
        c[LinkRegister] = c.Pc;
        c.JumpTo(target);
    }

    public static void BranchZero(Core c, ref Op o) => Branch(c, ref o, c[o.A] == 0);

    public static void BranchNotZero(Core c, ref Op o) => Branch(c, ref o, c[o.A] != 0);

    public static void BranchNegative(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] < 0);

    public static void BranchNotNegative(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] >= 0);

    public static void BranchEqualImmediate(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] == Signed(ref o));

    public static void BranchNotEqualImmediate(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] != Signed(ref o));

    public static void BranchLessImmediate(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] < Signed(ref o));

    public static void BranchGreaterOrEqualImmediate(Core c, ref Op o) =>
        Branch(c, ref o, (int)c[o.A] >= Signed(ref o));

    public static void BranchLessUnsignedImmediate(Core c, ref Op o) => Branch(c, ref o, c[o.A] < Unsigned(ref o));

    public static void BranchGreaterOrEqualUnsignedImmediate(Core c, ref Op o) =>
        Branch(c, ref o, c[o.A] >= Unsigned(ref o));

    public static void BranchEqual(Core c, ref Op o) => Branch(c, ref o, c[o.A] == c[o.B]);

    public static void BranchNotEqual(Core c, ref Op o) => Branch(c, ref o, c[o.A] != c[o.B]);

    public static void BranchLess(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] < (int)c[o.B]);

    public static void BranchGreaterOrEqual(Core c, ref Op o) => Branch(c, ref o, (int)c[o.A] >= (int)c[o.B]);

    public static void BranchLessUnsigned(Core c, ref Op o) => Branch(c, ref o, c[o.A] < c[o.B]);

    public static void BranchGreaterOrEqualUnsigned(Core c, ref Op o) => Branch(c, ref o, c[o.A] >= c[o.B]);

    public static void BranchNone(Core c, ref Op o) => Branch(c, ref o, (c[o.A] & c[o.B]) == 0);

    public static void BranchAny(Core c, ref Op o) => Branch(c, ref o, (c[o.A] & c[o.B]) != 0);

    public static void BranchAll(Core c, ref Op o) => Branch(c, ref o, (~c[o.A] & c[o.B]) == 0);

    public static void BranchNotAll(Core c, ref Op o) => Branch(c, ref o, (~c[o.A] & c[o.B]) != 0);

    public static void BranchBitClear(Core c, ref Op o) => Branch(c, ref o, !HasBit(c[o.A], (int)c[o.B]));

    public static void BranchBitSet(Core c, ref Op o) => Branch(c, ref o, HasBit(c[o.A], (int)c[o.B]));

    public static void BranchBitClearImmediate(Core c, ref Op o) => Branch(c, ref o, !HasBit(c[o.A], BitNumber(ref o)));

    public static void BranchBitSetImmediate(Core c, ref Op o) => Branch(c, ref o, HasBit(c[o.A], BitNumber(ref o)));

    public static void Loop(Core c, ref Op o) => EnterLoop(c, ref o, isSkipped: false);

    public static void LoopIfNotZero(Core c, ref Op o) => EnterLoop(c, ref o, c[o.A] == 0);

    public static void LoopIfPositive(Core c, ref Op o) => EnterLoop(c, ref o, (int)c[o.A] <= 0);

    public static void Nothing(Core c, ref Op o)
    {
    }

    public static void Fence(Core c, ref Op o) => c.Fence();

    public static void SetInterruptLevel(Core c, ref Op o)
    {
        uint before = c[SpecialRegister.Status];
        c[SpecialRegister.Status] = (before & ~InterruptLevelMask) | (uint)o.Imm;
        c[o.B] = before;
    }

    public static void ReadSpecial(Core c, ref Op o) => c[o.B] = GetSpecial(c, ref o);

    public static void WriteSpecial(Core c, ref Op o) => SetSpecial(c, ref o, c[o.B]);

    public static void ExchangeSpecial(Core c, ref Op o)
    {
        uint before = GetSpecial(c, ref o);
        SetSpecial(c, ref o, c[o.B]);
        c[o.B] = before;
    }

    public static void EnvironmentCall(Core c, ref Op o)
    {
        if (c.EnvironmentCall is null)
        {
            throw c.Fault(ref o, "environment call, and nobody to answer it");
        }
        c.EnvironmentCall(c);
    }

    public static void Breakpoint(Core c, ref Op o) => throw c.Fault(ref o, "breakpoint");

    public static void Illegal(Core c, ref Op o) => throw c.Fault(ref o, "illegal instruction");

    public static void Windowed(Core c, ref Op o) =>
        throw c.Fault(ref o, "register windows are not emulated (build with -mabi=call0)");

    private static uint Address(Core c, ref Op o) => c[o.A] + (uint)o.Imm;

    private static int Signed(ref Op o) => XtensaInstructions.SignedConstant(o.D);

    private static uint Unsigned(ref Op o) => (uint)XtensaInstructions.UnsignedConstant(o.D);

    private static int BitNumber(ref Op o) => o.B | ((o.D & 1) << 4);

    private static bool HasBit(uint value, int number) => ((value >> (number & 31)) & 1) != 0;

    private static void Branch(Core c, ref Op o, bool taken)
    {
        if (taken)
        {
            c.JumpTo((uint)o.Imm);
        }
    }

    private static void EnterLoop(Core c, ref Op o, bool isSkipped)
    {
        // Read first: a new loop end makes the core forget what it decoded thereabouts, this instruction included.
        uint end = (uint)o.Imm;
        c[SpecialRegister.LoopBegin] = c.Pc;
        c[SpecialRegister.LoopCount] = c[o.A] - 1;
        ((XtensaCore)c).SetLoopEnd(end);
        if (isSkipped)
        {
            c.JumpTo(end);
        }
    }

    private static uint GetSpecial(Core c, ref Op o)
    {
        if (SpecialRegister.IsCycleCount(o.Imm))
        {
            return (uint)c.Cycle;
        }
        return SpecialRegister.TryFind(o.Imm, out byte register)
            ? c[register]
            : throw c.Fault(ref o, $"special register {o.Imm} is not emulated");
    }

    private static void SetSpecial(Core c, ref Op o, uint value)
    {
        if (SpecialRegister.IsCycleCount(o.Imm) || !SpecialRegister.TryFind(o.Imm, out byte register))
        {
            throw c.Fault(ref o, $"special register {SpecialRegister.NameOf(o.Imm)} cannot be written here");
        }
        if (register == SpecialRegister.LoopEnd)
        {
            ((XtensaCore)c).SetLoopEnd(value);
            return;
        }
        c[register] = register == Sar ? value & 63 : value;
    }
}
