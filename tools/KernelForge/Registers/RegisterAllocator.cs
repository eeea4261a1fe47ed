using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Registers;

/// <summary>
/// Turns a straight-line program into instructions. When a register is needed, the value whose next use is furthest
/// away gives way (Belady); one that would have to be stored first counts as if it were half as far away.
/// </summary>
internal sealed class RegisterAllocator
{
    private const int Never = int.MaxValue;

    private readonly Target _target;
    private readonly Frame _frame;
    private readonly IReadOnlyList<string> _registers;
    private readonly Dictionary<string, Value> _held = [];
    private readonly Dictionary<Value, Residence> _residences = [];
    private readonly Dictionary<string, int> _lastUse = [];
    private readonly List<Instruction> _code = [];
    private readonly int _exitIndex;

    private RegisterAllocator(Target target, Frame frame, IReadOnlyList<string> registers, int exitIndex) =>
        (_target, _frame, _registers, _exitIndex) = (target, frame, registers, exitIndex);

    /// <summary>Allocates.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">Instruction set.</param>
    /// <param name="frame">Takes constants and spilled values.</param>
    /// <param name="registers">Registers that may be used; all are free before and after.</param>
    /// <param name="exitIndex">Index within the pass of the nonce that the program tries.</param>
    public static IReadOnlyList<Instruction> Allocate(
        IReadOnlyList<Operation> program,
        Target target,
        Frame frame,
        IReadOnlyList<string> registers,
        int exitIndex)
    {
        RegisterAllocator allocator = new(target, frame, registers, exitIndex);
        allocator.CollectUses(program);
        for (var at = 0; at < program.Count; at++)
        {
            allocator.Emit(program[at], at);
        }

        return allocator._code;
    }

    private void CollectUses(IReadOnlyList<Operation> program)
    {
        for (var at = 0; at < program.Count; at++)
        {
            foreach (var source in program[at].Sources)
            {
                if (!_residences.TryGetValue(source, out var residence))
                {
                    _residences[source] = residence = new(source.IsComputed);
                }

                residence.Uses.Enqueue(at);
                if (source.Constant is { } constant && _target.NeedsSlot(constant))
                {
                    _frame.Constant(constant);
                }
            }
        }
    }

    private void Emit(Operation operation, int at)
    {
        if (operation.Kind == OperationKind.SetShift)
        {
            _code.Add(_target.SetShift(operation.Amount));
            return;
        }

        var locked = operation.Sources;
        foreach (var source in operation.Sources)
        {
            if (_residences[source].Register is null)
            {
                Load(source, at, locked);
            }
        }

        var sources = operation.Sources.Select(source => _residences[source].Register!).ToArray();
        foreach (var source in operation.Sources)
        {
            _residences[source].Pass(at);
            Release(source);
        }

        if (operation.Kind == OperationKind.TestLowHalf)
        {
            EmitTest(sources[0]);
            return;
        }

        var live = operation.Sources.Where(source => _residences[source].Register is not null).ToArray();
        var register = sources.FirstOrDefault(candidate => !_held.ContainsKey(candidate)) ?? Take(at, live);
        EmitResult(operation, register, sources);
        if (_residences.TryGetValue(operation.Result!, out var residence))
        {
            Hold(operation.Result!, residence, register);
        }
    }

    private void EmitResult(Operation operation, string register, string[] sources)
    {
        switch (operation.Kind)
        {
            case OperationKind.Rotate:
                _code.Add(_target.Rotate(register, sources[0]));
                break;
            case OperationKind.ShiftLeft or OperationKind.ShiftRight:
                _code.Add(_target.Shift(operation.Kind, register, sources[0], operation.Amount));
                break;
            case OperationKind.NextNonce:
                var slot = Frame.Slot(BlockWord.SoftNonce);
                _code.Add(_target.Load(register, slot));
                _code.Add(_target.AddImmediate(register, register, 1));
                _code.Add(_target.Store(register, slot));
                break;
            default:
                _code.Add(_target.Binary(operation.Kind, register, sources[0], sources[1]));
                break;
        }
    }

    private void EmitTest(string register)
    {
        _code.Add(_target.KeepLowHalf(register, register));
        _code.Add(_target.ExitIfZero(register, new(ExitKind.SoftwareHit, _exitIndex, register)));
    }

    private void Load(Value value, int at, IReadOnlyList<Value> locked)
    {
        var register = Take(at, locked);
        var residence = _residences[value];
        _code.Add(
            value.Block is { } word ? _target.Load(register, Frame.Slot(word))
            : value.Constant is { } constant ? _target.LoadConstant(register, constant, _frame)
            : _target.Load(register, residence.Slot!.Value));
        Hold(value, residence, register);
    }

    private string Take(int at, IReadOnlyList<Value> locked)
    {
        // The register that was used the longest time ago: a load into it can be moved furthest from its user.
        var free = _registers.Where(register => !_held.ContainsKey(register))
            .MinBy(register => _lastUse.GetValueOrDefault(register));
        if (free is not null)
        {
            return free;
        }

        var victim = _registers.Where(register => !locked.Contains(_held[register]))
            .MaxBy(register => Distance(_residences[_held[register]], at))!;
        var residence = _residences[_held[victim]];
        if (residence.IsDirty)
        {
            residence.Slot = _frame.TakeSpill();
            residence.IsDirty = false;
            _code.Add(_target.Store(victim, residence.Slot.Value));
        }

        residence.Register = null;
        _held.Remove(victim);
        return victim;
    }

    // In half cycles, so that a dirty value's distance can be halved.
    private static long Distance(Residence residence, int at) =>
        (residence.NextUse - (long)at) * (residence.IsDirty ? 1 : 2);

    private void Hold(Value value, Residence residence, string register)
    {
        residence.Register = register;
        _held[register] = value;
    }

    private void Release(Value value)
    {
        var residence = _residences[value];
        if (residence.NextUse != Never || residence.Register is null)
        {
            return;
        }

        _held.Remove(residence.Register);
        _lastUse[residence.Register] = _code.Count;
        residence.Register = null;
        if (residence.Slot is { } slot)
        {
            _frame.FreeSpill(slot);
            residence.Slot = null;
        }
    }

    private sealed class Residence(bool isDirty)
    {
        public Queue<int> Uses { get; } = [];

        public string? Register { get; set; }

        public int? Slot { get; set; }

        /// <summary>True while the value is in no memory.</summary>
        public bool IsDirty { get; set; } = isDirty;

        public int NextUse => Uses.TryPeek(out var next) ? next : Never;

        public void Pass(int at)
        {
            while (Uses.TryPeek(out var next) && next <= at)
            {
                Uses.Dequeue();
            }
        }
    }
}
