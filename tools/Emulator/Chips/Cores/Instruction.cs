namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// One row of an instruction table: how the word is recognised, what its operands are, what it does.
/// <para>
/// Operands are written as the disassembler prints them, one letter a register field and a name an immediate:
/// <c>=d,a,b</c> writes field d and reads a and b; <c>=</c> marks the register that is written, <c>(</c> a base
/// register, <c>#</c> an immediate, <c>></c> a branch target, <c>$</c> a constant that a register field numbers. Table,
/// decoder, disassembler and the load-use rule read the same string.
/// </para>
/// </summary>
internal sealed unsafe class Instruction
{
    public Instruction(
        string name, uint match, uint mask, string operands, delegate*<Core, ref Op, void> execute, bool isLoad = false)
    {
        Name = name;
        Match = match;
        Mask = mask;
        Operands = operands.Length == 0 ? [] : operands.Split(',');
        Execute = execute;
        IsLoad = isLoad;
        ImmediateName = Operands.FirstOrDefault(o => o[0] is '#' or '>')?[1..];
        Written = Operands.FirstOrDefault(o => o[0] == '=')?[1] ?? '\0';
        ReadFields = string.Concat(
            Operands.Where(o => o[0] == '(' || char.IsAsciiLetterLower(o[0])).Select(o => o[^1]));
    }

    public string Name { get; }

    public uint Match { get; }

    public uint Mask { get; }

    public IReadOnlyList<string> Operands { get; }

    public delegate*<Core, ref Op, void> Execute { get; }

    /// <summary>True when the result comes from memory, so that an immediate use of it waits.</summary>
    public bool IsLoad { get; }

    /// <summary>Name of the one immediate, or null.</summary>
    public string? ImmediateName { get; }

    /// <summary>Letter of the register field that is written, or NUL.</summary>
    public char Written { get; }

    /// <summary>Letters of the register fields that are only read.</summary>
    public string ReadFields { get; }

    public bool Matches(uint word) => (word & Mask) == Match;
}
