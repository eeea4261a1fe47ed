using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>The engine's stream: the accesses of one nonce in order, with what each has to wait for.</summary>
internal abstract class EngineProgram(Target target, ShaEngine engine, LoopDesign design)
{
    private readonly List<Step> _steps = [];

    /// <summary>Instruction set.</summary>
    protected Target Target => target;

    /// <summary>Offset of the first message word.</summary>
    protected abstract int Message { get; }

    private string Value => target.Scratch;

    private string Seen => target.Scratch2;

    /// <summary>The program of a chip's engine.</summary>
    public static EngineProgram Of(Target target, ShaEngine engine, LoopDesign design) =>
        engine.Engine == ShaEngineKind.Classic
            ? new ClassicProgram(target, engine, design)
            : new MemoryProgram(target, engine, design);

    /// <summary>The steps of one nonce.</summary>
    /// <param name="index">Which of the pass.</param>
    /// <param name="isLast">True for the pass's last.</param>
    public IReadOnlyList<Step> Nonce(int index, bool isLast)
    {
        _steps.Clear();
        AddNonce(index, isLast);
        return [.. _steps];
    }

    /// <summary>What has to be in the engine before the first nonce.</summary>
    public abstract IReadOnlyList<Instruction> Preamble();

    /// <summary>What a pass ends with.</summary>
    /// <param name="nonces">Nonces of the pass.</param>
    public abstract IReadOnlyList<Instruction> PassEnd(int nonces);

    /// <summary>Adds the steps of one nonce.</summary>
    protected abstract void AddNonce(int index, bool isLast);

    /// <summary>Offset of a register.</summary>
    protected int Register(string name) => (int)engine.Registers[name];

    /// <summary>A wait for a block.</summary>
    protected Wait Block(Trigger trigger) => new(trigger, design.Worst.Block);

    /// <summary>A wait for a LOAD.</summary>
    protected Wait Load(Trigger trigger) => new(trigger, design.Worst.Load);

    /// <summary>A wait until a message word has been taken.</summary>
    protected Wait Latch(Trigger trigger, int word) => new(trigger, design.Worst.Latch + word);

    /// <summary>True if a read alone takes at least as long as a LOAD, so that nothing has to be counted.</summary>
    protected bool ReadOutlastsLoad => design.Worst.Read >= design.Worst.Load;

    /// <summary>A constant into the scratch register.</summary>
    protected void Prepare(uint constant) => Prepare(target.LoadConstant(Value, constant, new Frame()));

    /// <summary>A block word into the scratch register.</summary>
    protected void Prepare(BlockWord word, int index = 0) => Prepare(target.Load(Value, Frame.Slot(word, index)));

    /// <summary>An instruction, at once.</summary>
    protected void Prepare(Instruction instruction) => _steps.Add(new Step.Prepare(instruction));

    /// <summary>The scratch register into a message word.</summary>
    protected void WriteMessage(int word, Wait? after = null) => Write(Message + 4 * word, after);

    /// <summary>The scratch register into a register of the engine.</summary>
    protected void Write(int offset, Wait? after = null, Trigger? marks = null) =>
        _steps.Add(new Step.Access(target.EngineWrite(Value, offset), after, marks));

    /// <summary>The other scratch register into a message word.</summary>
    protected void WriteSeen(int word) =>
        _steps.Add(new Step.Access(target.EngineWrite(Seen, Message + 4 * word), null, null));

    /// <summary>A trigger, and the fence that its waits are counted from.</summary>
    protected void Start(string register, Trigger trigger, Wait? after = null, bool isFenced = true)
    {
        Write(Register(register), after, trigger);
        if (isFenced)
        {
            Fence(trigger);
        }
    }

    /// <summary>A fence.</summary>
    protected void Fence(Trigger trigger) => _steps.Add(new Step.Fence(trigger));

    /// <summary>Reads into a scratch register.</summary>
    protected void Read(string into, int offset, Wait? after = null, Trigger? marks = null) =>
        _steps.Add(new Step.Access(target.EngineRead(into, offset), after, marks));

    /// <summary>Asks BUSY in a polled design, for the first time when a block should be done.</summary>
    protected void PollBlock(Trigger trigger) => Poll(new(trigger, design.Placed.Block));

    /// <summary>Asks BUSY in a polled design, for the first time when a LOAD should be done.</summary>
    protected void PollLoad(Trigger trigger) => Poll(new(trigger, design.Placed.Load));

    /// <summary>Notes a candidate if nothing is left of the value that was read.</summary>
    protected void TestSeen(int index, Func<string, string, Instruction> keep)
    {
        Exit exit = new(ExitKind.HardwareHit, index, Seen);
        _steps.Add(new Step.Whenever([keep(Seen, Seen), target.ExitIfZero(Seen, exit)], Seen));
    }

    private void Poll(Wait expected)
    {
        if (design.IsPolled)
        {
            _steps.Add(new Step.Poll(expected));
        }
    }
}
