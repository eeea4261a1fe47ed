namespace MicroFirmware.Emulator.Chips.Xtensa;

/// <summary>
/// Special registers that are implemented (Xtensa ISA §5.3; ESP32 core configuration). They live in the register file
/// behind the address registers, at 16 + their number, modulo nothing else.
/// </summary>
internal static class SpecialRegister
{
    /// <summary>Where the shift amount lives in the register file.</summary>
    public const byte ShiftAmount = First + 3;

    public const byte LoopBegin = First + 0;
    public const byte LoopEnd = First + 1;
    public const byte LoopCount = First + 2;

    /// <summary>Compare value of s32c1i.</summary>
    public const byte Compare = First + 12;

    /// <summary>Processor status.</summary>
    public const byte Status = First + 14;

    private const byte First = 16;

    private const int NumberOfStatus = 230;
    private const int NumberOfCycleCount = 234;

    private static readonly Dictionary<int, (string Name, byte Register)> s_byNumber = new()
    {
        [0] = ("lbeg", LoopBegin),
        [1] = ("lend", LoopEnd),
        [2] = ("lcount", LoopCount),
        [3] = ("sar", ShiftAmount),
        [12] = ("scompare1", Compare),
        [209] = ("excsave1", First + 15),
        [210] = ("excsave2", First + 16),
        [211] = ("excsave3", First + 17),
        [212] = ("excsave4", First + 18),
        [226] = ("interrupt", First + 19),
        [228] = ("intenable", First + 20),
        [NumberOfStatus] = ("ps", Status),
        [NumberOfCycleCount] = ("ccount", First + 21),
        [235] = ("prid", First + 22),
        [240] = ("ccompare0", First + 23),
        [244] = ("misc0", First + 24),
        [245] = ("misc1", First + 25),
        [246] = ("misc2", First + 26),
        [247] = ("misc3", First + 27),
    };

    /// <summary>True for the cycle counter, which is not a stored value.</summary>
    public static bool IsCycleCount(int number) => number == NumberOfCycleCount;

    /// <summary>Finds the place of a special register; false for one that is not implemented.</summary>
    public static bool TryFind(int number, out byte register)
    {
        bool found = s_byNumber.TryGetValue(number, out (string Name, byte Register) entry);
        register = entry.Register;
        return found;
    }

    /// <summary>Name for the disassembler.</summary>
    public static string NameOf(int number) =>
        s_byNumber.TryGetValue(number, out (string Name, byte Register) entry) ? entry.Name : $"sr{number}";
}
