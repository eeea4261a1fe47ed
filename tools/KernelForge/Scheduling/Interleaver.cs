using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Targets;
using MicroFirmware.KernelForge.Timing;

namespace MicroFirmware.KernelForge.Scheduling;

/// <summary>
/// Issues each access of the engine's stream in the first cycle in which it neither stalls nor comes too early, and
/// fills every cycle before with the software stream. A nop rather than a software instruction that would take one
/// cycle too many: a cycle of the engine's stream is worth about eighteen of the other.
/// </summary>
internal sealed class Interleaver
{
    private readonly Target _target;
    private readonly LoopDesign _design;
    private readonly int _busy;
    private readonly IReadOnlyList<Instruction> _software;
    private readonly List<Instruction> _body = [];
    private readonly Queue<Instruction> _whenever = [];
    private readonly Dictionary<Trigger, long> _marks = [];
    private readonly IssueClock _clock;
    private string? _wheneverRegister;
    private int _polls;

    /// <summary>Begins a pass.</summary>
    /// <param name="target">Instruction set.</param>
    /// <param name="design">Timing that the schedule relies on.</param>
    /// <param name="busy">Offset of BUSY.</param>
    /// <param name="software">The software stream of the pass.</param>
    public Interleaver(Target target, LoopDesign design, int busy, IReadOnlyList<Instruction> software)
    {
        (_target, _design, _busy, _software) = (target, design, busy, software);
        _clock = new(design.Placed.WriteDrain, design.Placed.Read);
    }

    /// <summary>Instructions so far.</summary>
    public IReadOnlyList<Instruction> Body => _body;

    /// <summary>Software instructions that have found a place.</summary>
    public int SoftwarePlaced { get; private set; }

    /// <summary>Gaps that nothing filled.</summary>
    public int Nops { get; private set; }

    /// <summary>Cycles so far, at the timing the schedule is made for.</summary>
    public long Cycle => _clock.Cycle;

    /// <summary>Issues the steps of one nonce.</summary>
    public void Add(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            Add(step);
        }
    }

    /// <summary>Ends the pass: everything that still waits for a gap is issued.</summary>
    public void Finish()
    {
        FlushWhenever();
        while (SoftwarePlaced < _software.Count)
        {
            Issue(_software[SoftwarePlaced++]);
        }
    }

    /// <summary>Issues instructions that belong to neither stream.</summary>
    public void Add(IEnumerable<Instruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            Issue(instruction);
        }
    }

    private void Add(Step step)
    {
        switch (step)
        {
            case Step.Prepare prepare:
                ReleaseRegisters(prepare.Instruction);
                AvoidStall(prepare.Instruction);
                Issue(prepare.Instruction);
                break;
            case Step.Fence fence:
                FillUntil(_clock.BusIdle - 1);
                _marks[fence.Trigger] = Issue(_target.Fence);
                break;
            case Step.Access access:
                ReleaseRegisters(access.Instruction);
                WaitFor(access.Instruction, access.After);
                var arrival = Issue(access.Instruction);
                if (access.Marks is { } trigger)
                {
                    _marks[trigger] = arrival;
                }

                break;
            case Step.Poll poll:
                AddPoll(poll);
                break;
            case Step.Whenever whenever:
                whenever.Instructions.ToList().ForEach(_whenever.Enqueue);
                _wheneverRegister = whenever.Register;
                break;
        }
    }

    private void AddPoll(Step.Poll poll)
    {
        var read = _target.EngineRead(_target.Scratch2, _busy) with { Label = $".Lpoll{_polls++}" };
        ReleaseRegisters(read);
        WaitFor(read, poll.Expected);
        Issue(read);
        Issue(_target.Poll(_target.Scratch2, read.Label));
    }

    // The first cycle in which the bus is idle and the access, on the fastest bus, does not arrive too early.
    private void WaitFor(Instruction access, Wait? after)
    {
        var least = access.Kind == InstructionKind.EngineWrite ? _design.Worst.WriteDrain : _design.Worst.Read;
        var notBefore = after is null ? 0 : _marks[after.Trigger] + after.Cycles - least;
        FillUntil(Math.Max(_clock.BusIdle, notBefore) - 1);
        AvoidStall(access);
    }

    private void FillUntil(long cycle)
    {
        while (_clock.Cycle < cycle)
        {
            Fill(cycle - _clock.Cycle);
        }
    }

    private void AvoidStall(Instruction instruction)
    {
        if (_clock.Stalls(instruction))
        {
            Fill(1);
        }
    }

    private void Fill(long gap)
    {
        if (_whenever.TryPeek(out var next) && _clock.Cost(next) <= gap)
        {
            Issue(_whenever.Dequeue());
        }
        else if (SoftwarePlaced < _software.Count && _clock.Cost(_software[SoftwarePlaced]) <= gap)
        {
            Issue(_software[SoftwarePlaced++]);
        }
        else
        {
            Nops++;
            Issue(_target.Nop);
        }
    }

    private void ReleaseRegisters(Instruction instruction)
    {
        if (_whenever.Count > 0
            && (instruction.Target == _wheneverRegister || instruction.Reads(_wheneverRegister)))
        {
            FlushWhenever();
        }
    }

    private void FlushWhenever()
    {
        while (_whenever.TryDequeue(out var instruction))
        {
            AvoidStall(instruction);
            Issue(instruction);
        }
    }

    private long Issue(Instruction instruction)
    {
        _body.Add(instruction);
        return _clock.Issue(instruction);
    }
}
