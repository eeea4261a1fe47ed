using System.Text;
using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Scheduling;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Emit;

/// <summary>
/// Writes a loop as assembly: <c>void mf_loop(mf_block *block)</c> with the C ABI. It copies the block to its frame,
/// runs the passes, copies the control words back. All of it is relative to the program counter: it may be copied
/// anywhere.
/// </summary>
internal abstract class LoopWriter
{
    /// <summary>Handlers save a register here, just below the saved ones.</summary>
    private const int HandlerSlot = SavedTop - 15;

    /// <summary>Slot above the saved registers.</summary>
    protected const int SavedTop = Frame.Octets / 4;

    private readonly StringBuilder _text = new();
    private readonly List<Exit> _exits = [];

    /// <summary>Instruction set.</summary>
    protected abstract Target Target { get; }


    /// <summary>Stack pointer.</summary>
    protected abstract string StackPointer { get; }

    /// <summary>Register of the first argument.</summary>
    protected abstract string Argument { get; }

    /// <summary>Registers that a routine has to leave as they were, and its return address.</summary>
    protected abstract IReadOnlyList<string> Saved { get; }

    /// <summary>Three registers that may be overwritten outside the loop.</summary>
    protected abstract (string From, string To, string Value) Free { get; }

    /// <summary>Writes a loop.</summary>
    /// <param name="loop">The loop.</param>
    public static string Write(GeneratedLoop loop)
    {
        LoopWriter writer = loop.Chip.Isa == Isa.Rv32imc ? new RiscvWriter() : new XtensaWriter();
        if (loop.Frame.Words > HandlerSlot)
        {
            throw new InvalidOperationException($"{loop.Name}: the frame has no room for {loop.Frame.Words} words.");
        }

        writer.WriteAll(loop);
        return writer._text.ToString();
    }

    private void WriteAll(GeneratedLoop loop)
    {
        var body = loop.Schedule.Body;
        Line($"# {loop.Name}: {loop.Schedule.HardwareNonces} + {loop.Schedule.SoftwareNonces} nonces a pass");
        Line(".section .text.mf_loop, \"ax\"");
        BeginSection();
        Line(".global mf_loop, mf_loop_begin, mf_loop_end");
        Line(".balign 16");
        Line("mf_loop_begin:");
        WriteConstants(body, loop.Frame);
        Line(".balign 4");
        Line("mf_loop:");
        Enter();
        CopyIn(loop.Frame);
        if (loop.Design.HasHardware)
        {
            LoadBase();
            foreach (var instruction in EngineProgram.Of(Target, loop.Chip.Sha, loop.Design).Preamble())
            {
                Code(instruction.Text);
            }
        }

        Line(".Ltop:");
        foreach (var instruction in body)
        {
            Write(instruction);
        }

        Code($"beqz {body[^1].Sources[0]}, .Ldone");
        Code("j .Ltop");
        Line(".Ldone:");
        CopyOut();
        Leave();
        _exits.ForEach(WriteHandler);
        Line(".balign 4");
        Line("mf_loop_end:");
    }

    /// <summary>Adds a line as it is.</summary>
    protected void Line(string text) => _text.Append(text).Append('\n');

    /// <summary>Adds an instruction.</summary>
    protected void Code(string text) => Line("    " + text);

    /// <summary>Directives that have to come first in the section.</summary>
    protected virtual void BeginSection()
    {
    }

    /// <summary>Constants that lie before the code.</summary>
    protected abstract void WriteConstants(IReadOnlyList<Instruction> body, Frame frame);

    /// <summary>Makes the frame and saves registers.</summary>
    protected abstract void Enter();

    /// <summary>Restores registers, gives the frame back and returns.</summary>
    protected abstract void Leave();

    /// <summary>Fills the frame from the caller's block and the constants.</summary>
    protected virtual void CopyIn(Frame frame)
    {
        var (from, to, _) = Free;
        Code(Target.Store(Argument, Frame.Caller).Text);
        Code(Move(from, Argument));
        Code(Move(to, StackPointer));
        CopyWords(BlockLayout.Words);
    }

    /// <summary>Copies words from one free register's address to the other's, advancing both.</summary>
    protected abstract void CopyWords(int count);

    /// <summary>Brings the engine's address into its register.</summary>
    protected virtual void LoadBase()
    {
        Code(Target.Load(Target.Base, Frame.Slot(BlockWord.Engine)).Text);
        if (Target.BaseBias != 0)
        {
            Code(Target.AddImmediate(Target.Base, Target.Base, Target.BaseBias).Text);
        }
    }

    /// <summary>Slot of a saved register.</summary>
    protected static int SavedSlot(int index) => SavedTop - 1 - index;

    private void CopyOut()
    {
        var (from, to, _) = Free;
        Code(Target.Fence.Text);
        Code(Target.Load(to, Frame.Caller).Text);
        Code(Move(from, StackPointer));
        CopyWords(BlockLayout.ControlWords);
    }

    private void Write(Instruction instruction)
    {
        if (instruction.Label is { } label)
        {
            Line(label + ":");
        }

        if (instruction.Exit is not { } exit)
        {
            Code(instruction.Text);
            return;
        }

        Code($"{instruction.Text} {Back(_exits.Count)}");
        Code($"j {Handler(_exits.Count)}");
        Line(Back(_exits.Count) + ":");
        _exits.Add(exit);
    }

    private void WriteHandler(Exit exit)
    {
        var number = _exits.IndexOf(exit);
        Line(Handler(number) + ":");
        if (exit.Kind == ExitKind.NonceCarry)
        {
            WriteCarry(exit);
        }
        else
        {
            WriteHit(exit, number);
        }

        Code($"j {Back(number)}");
    }

    // The top octet has wrapped: one more in the octet below. The caller never lets a run cross a multiple of 2^16.
    private void WriteCarry(Exit exit)
    {
        Code(Target.Shift(OperationKind.ShiftRight, exit.Register, exit.Register, 8).Text);
        Code(Target.Binary(OperationKind.Add, Target.Scratch, Target.Scratch, exit.Register).Text);
    }

    // hits[2 * found] = passes left, hits[2 * found + 1] = index; found counts on even when there is no room.
    private void WriteHit(Exit exit, int number)
    {
        var scratch = exit.Register;
        var other = Target.SharedRegisters.First(register => register != scratch);
        Code(Target.Store(other, HandlerSlot).Text);
        Code(Target.Load(other, Frame.Slot(BlockWord.Found)).Text);
        Code(Target.AddImmediate(scratch, other, 1).Text);
        Code(Target.Store(scratch, Frame.Slot(BlockWord.Found)).Text);
        Code(Target.LoadConstant(scratch, BlockLayout.HitCapacity, new Frame()).Text);
        Code($"bgeu {other}, {scratch}, .Lfull{number}");
        Code(Target.Shift(OperationKind.ShiftLeft, scratch, other, 3).Text);
        Code(Target.Binary(OperationKind.Add, scratch, scratch, StackPointer).Text);
        Code(Target.Load(other, Frame.Slot(BlockWord.Passes)).Text);
        Code(StoreAt(other, scratch, 4 * Frame.Slot(BlockWord.Hits)));
        Code(Target.LoadConstant(other, (uint)exit.Index, new Frame()).Text);
        Code(StoreAt(other, scratch, 4 * Frame.Slot(BlockWord.Hits, 1)));
        Line($".Lfull{number}:");
        Code(Target.Load(other, HandlerSlot).Text);
    }

    /// <summary>A store through a pointer.</summary>
    protected abstract string StoreAt(string source, string pointer, int offset);

    private string Move(string to, string from) => Target.AddImmediate(to, from, 0).Text;

    private static string Handler(int number) => $".Lexit{number}";

    private static string Back(int number) => $".Lback{number}";
}
