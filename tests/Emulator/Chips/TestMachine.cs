using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.RiscV;
using MicroFirmware.Emulator.Chips.Xtensa;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>A core with some memory and one register that keeps what is written to it; for short programs.</summary>
internal sealed class TestMachine
{
    public const uint CodeBase = 0x4000_0000;
    public const uint DataBase = 0x2000_0000;
    public const uint AliasBase = 0x5000_0000;
    public const uint FlashBase = 0x0800_0000;
    public const uint RegisterBase = 0x6000_0000;
    public const int DrainCycles = 7;
    public const int ReadCycles = 11;

    private readonly ProgramBuilder _program;

    private TestMachine(bool isXtensa)
    {
        Memory code = new("IRAM", 0x2000);
        Bus.Map(CodeBase, code);
        Bus.Map(AliasBase, code);
        Bus.Map(DataBase, new Memory("DRAM", 0x1000));
        Bus.Map(FlashBase, new Memory("flash", 0x1000, isReadOnly: true));
        Bus.Map(RegisterBase, new RegisterMap().Word(
            4,
            "LATCH",
            access =>
            {
                Accesses.Add(access);
                return Latched;
            },
            (value, access) =>
            {
                Accesses.Add(access);
                Latched = value;
            }));
        BusTimer timer = new(DrainCycles, ReadCycles);
        Core = isXtensa ? new XtensaCore(Bus, timer) : new RiscVCore(Bus, timer);
        _program = new ProgramBuilder(Core.Set, CodeBase);
    }

    public Bus Bus { get; } = new();

    public Core Core { get; }

    public uint Latched { get; set; }

    public List<BusAccess> Accesses { get; } = [];

    public static TestMachine RiscV(params ReadOnlySpan<uint> words) => new TestMachine(isXtensa: false).With(words);

    public static TestMachine Xtensa(params ReadOnlySpan<uint> words) => new TestMachine(isXtensa: true).With(words);

    /// <summary>Runs the program from its first instruction until it returns.</summary>
    public TestMachine Run(params ReadOnlySpan<uint> arguments)
    {
        Core.Call(CodeBase, DataBase + 0x1000, arguments);
        Core.Run(100_000);
        return this;
    }

    private TestMachine With(ReadOnlySpan<uint> words)
    {
        _program.Add(words);
        Bus.Load(CodeBase, _program.ToArray());
        return this;
    }
}
