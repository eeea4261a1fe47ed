using MicroFirmware.Emulator.Chips.Cores;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The cycle model, the bus, faults, and code that changes itself.</summary>
public sealed class CoreTests
{
    private const int A0 = 10;
    private const int A1 = 11;
    private const uint Return = 0x8082;
    private const uint Fence = 0x0ff0_000f;

    /// <summary>One cycle for the return itself and two because it is a taken jump.</summary>
    private const int ReturnCycles = 1 + Core.TakenBranchCycles;

    [Fact]
    public void Straight_code_takes_one_cycle_an_instruction()
    {
        TestMachine machine = TestMachine.RiscV(RiscVCode.Addi(A0, A0, 1), RiscVCode.Addi(A0, A0, 1), Return).Run();
        Assert.Equal((2 + ReturnCycles, 3), (machine.Core.Cycle, machine.Core.Retired));
    }

    [Fact]
    public void Use_of_a_loaded_value_in_the_next_instruction_waits_one_cycle()
    {
        uint load = RiscVCode.Lw(A1, A0, 0);
        uint use = RiscVCode.Addi(A0, A1, 1);
        uint other = RiscVCode.Addi(A0, A0, 1);
        long waiting = TestMachine.RiscV(load, use, Return).Run(TestMachine.DataBase).Core.Cycle;
        long ready = TestMachine.RiscV(load, other, Return).Run(TestMachine.DataBase).Core.Cycle;
        Assert.Equal((3 + ReturnCycles, 2 + ReturnCycles), (waiting, ready));
    }

    [Fact]
    public void Posted_write_lets_the_core_go_on_and_the_next_one_wait()
    {
        uint store = RiscVCode.Sw(A1, A0, 4);
        TestMachine machine = TestMachine.RiscV(store, store, Return).Run(TestMachine.RegisterBase, 42);

        // The first is issued in cycle 1 and arrives 7 later; the second starts there.
        Assert.Equal([1 + 7, 1 + 7 + 7], machine.Accesses.Select(access => access.Cycle));
        Assert.Equal(1 + 7 + ReturnCycles, machine.Core.Cycle);
        Assert.Equal(42u, machine.Latched);
    }

    [Fact]
    public void Read_waits_for_the_posted_write_and_samples_at_its_end()
    {
        TestMachine machine = TestMachine.RiscV(RiscVCode.Sw(A1, A0, 4), RiscVCode.Lw(A0, A0, 4), Return)
            .Run(TestMachine.RegisterBase, 42);
        Assert.Equal([1 + 7, 1 + 7 + 11], machine.Accesses.Select(access => access.Cycle));
        Assert.Equal(42u, machine.Core.Result);
    }

    [Fact]
    public void Fence_after_a_write_holds_the_core_until_it_arrived()
    {
        TestMachine machine = TestMachine.RiscV(RiscVCode.Sw(A1, A0, 4), Fence, Return).Run(TestMachine.RegisterBase);
        Assert.Equal(1 + 7 + ReturnCycles, machine.Core.Cycle);
    }

    [Fact]
    public void Unknown_instruction_faults_with_its_address_and_word()
    {
        TestMachine machine = TestMachine.RiscV(RiscVCode.Addi(A0, 0, 1), 0xffff_ffff);
        ChipFault fault = Assert.Throws<ChipFault>(() => machine.Run());
        Assert.Equal(TestMachine.CodeBase + 4, fault.Pc);
        Assert.Contains("unknown instruction at pc 0x40000004, cycle 1: .word 0xffffffff", fault.Message);
    }

    [Theory]
    [InlineData(0x1000_0000u, "where nothing answers")]
    [InlineData(TestMachine.DataBase + 2, "unaligned")]
    [InlineData(TestMachine.FlashBase, "read-only")]
    [InlineData(TestMachine.RegisterBase, "where nothing answers")]
    public void Store_to_a_wrong_address_faults_at_the_store(uint address, string reason)
    {
        ChipFault fault = Assert.Throws<ChipFault>(
            () => TestMachine.RiscV(RiscVCode.Addi(A1, 0, 1), RiscVCode.Sw(A1, A0, 0), Return).Run(address));
        Assert.Equal(TestMachine.CodeBase + 4, fault.Pc);
        Assert.Contains(reason, fault.Message);
        Assert.Contains("sw a1, 0(a0)", fault.Message);
    }

    [Fact]
    public void Jump_to_nowhere_faults_with_the_address()
    {
        ChipFault fault = Assert.Throws<ChipFault>(() => TestMachine.RiscV(0x0005_0067, Return).Run(0x1000_0000));
        Assert.Equal(0x1000_0000u, fault.Pc);
    }

    [Fact]
    public void Windowed_call_faults_and_says_what_to_do()
    {
        ChipFault fault = Assert.Throws<ChipFault>(() => TestMachine.Xtensa(0x00_0015).Run());
        Assert.Contains("call0", fault.Message);
    }

    [Theory]
    [InlineData(TestMachine.CodeBase)]
    [InlineData(TestMachine.AliasBase)]
    public void Code_that_is_overwritten_runs_as_written(uint throughAddress)
    {
        // Runs the addi, then replaces it by the word in a1 through either mapping, and runs it again.
        TestMachine machine = TestMachine.RiscV(
            RiscVCode.Addi(12, 12, 1),                  // +0
            RiscVCode.Sw(A1, A0, 0),                    // +4
            RiscVCode.Addi(13, 13, -1),                 // +8
            0x0006_9463,                                // +12 bne a3, zero, +8
            0xff1f_f06f,                                // +16 j +0
            RiscVCode.Addi(A0, 12, 0),                  // +20
            Return);
        machine.Run(throughAddress, RiscVCode.Addi(12, 12, 64), 0, 1);
        Assert.Equal(65u, machine.Core.Result);
    }

    [Fact]
    public void Run_in_slices_ends_where_one_run_ends()
    {
        uint[] program = [RiscVCode.Lw(A1, A0, 4), RiscVCode.Addi(A0, A1, 1), RiscVCode.Sw(A0, 2, -16), Return];
        TestMachine whole = TestMachine.RiscV(program).Run(TestMachine.RegisterBase);
        TestMachine sliced = TestMachine.RiscV(program);
        sliced.Core.Call(TestMachine.CodeBase, TestMachine.DataBase + 0x1000, TestMachine.RegisterBase);
        for (long cycle = 1; !sliced.Core.HasReturned; cycle++)
        {
            sliced.Core.Run(cycle);
        }
        Assert.Equal((whole.Core.Cycle, whole.Core.Result), (sliced.Core.Cycle, sliced.Core.Result));
    }

    [Fact]
    public void Noise_from_one_seed_gives_one_run()
    {
        long[] cycles = [.. new[] { 1, 1, 2 }.Select(seed =>
        {
            TestMachine machine = TestMachine.RiscV(
                RiscVCode.Addi(A0, A0, -1), 0xfe05_1ee3, Return);
            machine.Core.SetNoise(new CpuNoise(seed, 20, 30));
            return machine.Run(500).Core.Cycle;
        })];
        Assert.Equal(cycles[0], cycles[1]);
        Assert.NotEqual(cycles[0], cycles[2]);
        Assert.True(cycles[0] > 500 * 4, "no stall was injected");
    }
}
