using System.Globalization;
using System.Text;

namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// A table of instructions with what is common to reading it: decoding, disassembling, and which registers a word reads
/// or writes. Derived sets say where the fields lie.
/// </summary>
internal abstract unsafe class InstructionSet(IReadOnlyList<Instruction> rows)
{
    /// <summary>All rows; the first that matches a word is meant.</summary>
    public IReadOnlyList<Instruction> Rows { get; } = rows;

    /// <summary>Instructions start at multiples of 1 &lt;&lt; this.</summary>
    public abstract int CodeShift { get; }

    /// <summary>The row of a word, or null.</summary>
    public Instruction? Find(uint word)
    {
        uint expanded = Expand(word);
        foreach (Instruction row in Rows)
        {
            if (row.Matches(expanded))
            {
                return row;
            }
        }
        return null;
    }

    /// <summary>Decodes a word; false when no row matches.</summary>
    public bool TryDecode(uint word, uint pc, out Op op)
    {
        op = default;
        if (Find(word) is not { } row)
        {
            return false;
        }
        uint expanded = Expand(word);
        op.Execute = row.Execute;
        DecodeFields(expanded, ref op);
        op.Imm = row.ImmediateName is null ? 0 : Immediate(row.ImmediateName, expanded, pc);
        op.SetShape(LengthOf(word), cost: 1);
        return true;
    }

    /// <summary>Text such as <c>add a0, a1, a2</c>; an unknown word as hexadecimal.</summary>
    public string Disassemble(uint word, uint pc)
    {
        if (Find(word) is not { } row)
        {
            int length = LengthOf(word);
            uint shown = length == 4 ? word : word & ((1u << (8 * length)) - 1);
            return $".word 0x{shown.ToString("x" + (2 * length))} (unknown)";
        }
        uint expanded = Expand(word);
        StringBuilder text = new(row.Name);
        string separator = " ";
        foreach (string operand in row.Operands)
        {
            text.Append(operand[0] == '(' ? "" : separator).Append(Show(operand, expanded, pc));
            separator = ", ";
        }
        return text.ToString();
    }

    /// <summary>The register that a word writes, or -1.</summary>
    public int WrittenRegister(uint word) =>
        Find(word) is { Written: not '\0' } row ? Field(Expand(word), row.Written) : -1;

    /// <summary>True when a word reads a register.</summary>
    public bool Reads(uint word, int register)
    {
        if (register < 0 || IsConstant(register) || Find(word) is not { } row)
        {
            return false;
        }
        uint expanded = Expand(word);
        return row.ReadFields.Any(field => Field(expanded, field) == register);
    }

    /// <summary>Octets of the instruction that starts with this word.</summary>
    public abstract int LengthOf(uint word);

    /// <summary>Name of a register in the ABI.</summary>
    public abstract string RegisterName(int register);

    /// <summary>Register number in a field of a word.</summary>
    public abstract byte Field(uint word, char letter);

    /// <summary>Value of an immediate; a branch target is an absolute address.</summary>
    public abstract int Immediate(string name, uint word, uint pc);

    /// <summary>Fills the register fields of a decoded instruction.</summary>
    protected abstract void DecodeFields(uint word, ref Op op);

    /// <summary>A compressed form as the full word it stands for; other words as they are.</summary>
    protected virtual uint Expand(uint word) => word;

    /// <summary>True for a register that nothing can change.</summary>
    protected virtual bool IsConstant(int register) => false;

    private string Show(string operand, uint word, uint pc) => operand[0] switch
    {
        '=' => RegisterName(Field(word, operand[1])),
        '>' => $"0x{(uint)Immediate(operand[1..], word, pc):x8}",
        '#' or '$' => Immediate(operand[1..], word, pc).ToString(CultureInfo.InvariantCulture),
        '(' => $"({RegisterName(Field(word, operand[1]))})",
        _ => RegisterName(Field(word, operand[0])),
    };
}
