using System.Globalization;
using MicroFirmware.KernelForge.Code;
using static System.Numerics.BitOperations;

namespace MicroFirmware.KernelForge.Tests.Registers;

/// <summary>Computes what a straight line of instructions does to registers and frame, from their text.</summary>
internal sealed class CodeInterpreter(Dictionary<int, uint> frame)
{
    private readonly Dictionary<string, uint> _registers = [];
    private int _shift;

    /// <summary>Value of the register that the last exit tested.</summary>
    public uint Tested { get; private set; }

    public void Run(IEnumerable<Instruction> code)
    {
        foreach (var instruction in code)
        {
            Step(instruction);
        }
    }

    private void Step(Instruction instruction)
    {
        var words = instruction.Text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        uint R(int index) => _registers[words[index]];
        int Amount() => int.Parse(words[3], CultureInfo.InvariantCulture);
        switch (words[0])
        {
            case "ssai":
                _shift = int.Parse(words[1], CultureInfo.InvariantCulture);
                break;
            case "bnez":
                Tested = R(1);
                break;
            case "l32i" or "lw":
                _registers[words[1]] = frame[instruction.Slot!.Value];
                break;
            case "s32i" or "sw":
                frame[instruction.Slot!.Value] = R(1);
                break;
            case "l32r":
                _registers[words[1]] = Convert.ToUInt32(words[2][3..], 16);
                break;
            case "movi" or "li":
                _registers[words[1]] = (uint)int.Parse(words[2], CultureInfo.InvariantCulture);
                break;
            case "lui":
                _registers[words[1]] = Convert.ToUInt32(words[2], 16) << 12;
                break;
            default:
                _registers[words[1]] = words[0] switch
                {
                    "add" => R(2) + R(3),
                    "xor" => R(2) ^ R(3),
                    "and" => R(2) & R(3),
                    "or" => R(2) | R(3),
                    "addi" => R(2) + (uint)Amount(),
                    "slli" => R(2) << Amount(),
                    "srli" => R(2) >> Amount(),
                    "src" => RotateRight(R(2), _shift),
                    "extui" => R(2) & 0xFFFF,
                    _ => throw new NotSupportedException(instruction.Text),
                };
                break;
        }
    }
}
