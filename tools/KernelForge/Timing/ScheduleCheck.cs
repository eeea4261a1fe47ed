using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;

namespace MicroFirmware.KernelForge.Timing;

/// <summary>Runs a loop's straight line by the clock at a timing point, without computing anything.</summary>
internal static class ScheduleCheck
{
    /// <summary>Passes that are run; the first starts with an idle engine and is not counted.</summary>
    private const int Passes = 4;

    /// <summary>Cycles of the branch that would leave the loop, not taken, and of the jump back.</summary>
    private const int JumpBackCycles = 1 + 3;

    private const int PollTakenCycles = 2;

    /// <summary>Cycles of one pass, and hazards in all passes.</summary>
    public static (double Cycles, int Hazards) Run(
        IReadOnlyList<Instruction> body, ShaEngine engine, TimingPoint timing)
    {
        IssueClock clock = new(timing.WriteDrain, timing.Read);
        EngineRules rules = new(engine, timing);
        long afterFirst = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            for (var at = 0; at < body.Count; at++)
            {
                var arrival = clock.Issue(body[at]);
                if (body[at].Kind == InstructionKind.EngineWrite)
                {
                    rules.Write(body[at].Offset, arrival);
                }
                else if (body[at].Kind == InstructionKind.EngineRead)
                {
                    rules.Read(body[at].Offset, arrival);
                    at = PollAgain(body, at, clock, rules, arrival);
                }
            }

            clock.Pass(JumpBackCycles);
            afterFirst = pass == 0 ? clock.Cycle : afterFirst;
        }

        return ((clock.Cycle - afterFirst) / (double)(Passes - 1), rules.Hazards);
    }

    // A read with a label begins a poll; its branch is the next instruction and goes back while BUSY was set.
    private static int PollAgain(
        IReadOnlyList<Instruction> body, int at, IssueClock clock, EngineRules rules, long arrival)
    {
        while (body[at].Label is not null && rules.IsBusy(arrival))
        {
            clock.Issue(body[at + 1]);
            clock.Pass(PollTakenCycles);
            arrival = clock.Issue(body[at]);
        }

        return at;
    }
}
