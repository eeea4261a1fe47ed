using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Timing;

namespace MicroFirmware.KernelForge.Tests.Timing;

public sealed class EngineRulesTests
{
    private const int Text0 = 0;
    private const int Text7 = 28;
    private const int Start = 0x90;
    private const int Continue = 0x94;
    private const int Load = 0x98;
    private const int State0 = 0x40;
    private const int Message15 = 0xBC;
    private const int MemoryStart = 0x10;

    private static readonly TimingPoint s_timing = new(4, 10, 70, 10, 4);

    [Theory]
    [InlineData(Start, Text0, 103, 1)]
    [InlineData(Start, Text0, 104, 0)]
    [InlineData(Start, Text7, 110, 1)]
    [InlineData(Start, Text7, 111, 0)]
    [InlineData(Continue, Text0, 169, 1)]
    [InlineData(Continue, Text0, 170, 0)]
    [InlineData(Load, Text0, 109, 1)]
    [InlineData(Load, Text0, 110, 0)]
    [InlineData(Start, Continue, 169, 1)]
    [InlineData(Start, Continue, 170, 0)]
    public void Classic_write_after_a_trigger_at_100_is_punished_until_it_is_safe(
        int trigger, int offset, int at, int hazards)
    {
        EngineRules rules = new(HardwareCatalog.Chip("esp32").Sha, s_timing);
        rules.Write(trigger, 100);
        rules.Write(offset, at);
        Assert.Equal(hazards, rules.Hazards);
    }

    [Theory]
    [InlineData(Message15, 118, 1)]
    [InlineData(Message15, 119, 0)]
    [InlineData(State0, 169, 1)]
    [InlineData(State0, 170, 0)]
    public void Memory_write_after_a_trigger_at_100_is_punished_until_it_is_safe(int offset, int at, int hazards)
    {
        EngineRules rules = new(HardwareCatalog.Chip("esp32s3").Sha, s_timing);
        rules.Write(MemoryStart, 100);
        rules.Write(offset, at);
        Assert.Equal(hazards, rules.Hazards);
    }

    [Fact]
    public void Read_of_a_digest_word_is_punished_while_busy_and_of_busy_never()
    {
        EngineRules rules = new(HardwareCatalog.Chip("esp32").Sha, s_timing);
        rules.Write(Load, 100);
        rules.Read(0x9C, 105);
        Assert.True(rules.IsBusy(109));
        Assert.Equal(0, rules.Hazards);
        rules.Read(Text7, 109);
        rules.Read(Text7, 110);
        Assert.Equal(1, rules.Hazards);
    }
}
