using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Programs;
using MicroFirmware.KernelForge.Registers;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Scheduling;

/// <summary>Makes the straight line of a loop from its design.</summary>
internal sealed class LoopScheduler(Chip chip, LoopDesign design)
{
    /// <summary>
    /// More nonces of the engine's stream than one software nonce ever needs; a nonce index fits ADDI.
    /// </summary>
    private const int MostHardwareNonces = 100;

    /// <summary>Nonces in a pass without software stream: enough that the branch back does not matter.</summary>
    private const int HardwareOnlyNonces = 16;

    private readonly Target _target = Target.Of(chip.Isa);

    /// <summary>Frame of the loop; complete after <see cref="Run"/>.</summary>
    public Frame Frame { get; } = new();

    /// <summary>Schedules.</summary>
    public Schedule Run()
    {
        if (!design.HasHardware)
        {
            return new([.. SoftwareStream(_target.AllRegisters, 0), .. PassEnd()], 0, 1, 0);
        }

        if (!design.HasSoftware)
        {
            return Interleave(HardwareOnlyNonces, []);
        }

        // The software stream names its nonce by the index behind the last of the engine's stream.
        var nonces = NoncesNeeded(SoftwareStream(_target.SharedRegisters, 0));
        var software = SoftwareStream(_target.SharedRegisters, nonces);
        return Interleave(nonces, software);
    }

    private IReadOnlyList<Instruction> SoftwareStream(IReadOnlyList<string> registers, int index) =>
        LoadHoisting.Apply(RegisterAllocator.Allocate(
            DoubleSha.Build(_target.RotateStyle), _target, Frame, registers, index));

    private int NoncesNeeded(IReadOnlyList<Instruction> software)
    {
        var program = EngineProgram.Of(_target, chip.Sha, design);
        var interleaver = Begin(software);
        for (var index = 0; index < MostHardwareNonces; index++)
        {
            interleaver.Add(program.Nonce(index, isLast: false));
            if (interleaver.SoftwarePlaced == software.Count)
            {
                return index + 1;
            }
        }

        throw new InvalidOperationException($"{chip.Id} {design.Name}: too few gaps for the software stream.");
    }

    private Schedule Interleave(int nonces, IReadOnlyList<Instruction> software)
    {
        var program = EngineProgram.Of(_target, chip.Sha, design);
        var interleaver = Begin(software);
        for (var index = 0; index < nonces; index++)
        {
            interleaver.Add(program.Nonce(index, isLast: index == nonces - 1));
        }

        interleaver.Finish();
        interleaver.Add(program.PassEnd(nonces));
        interleaver.Add(PassEnd());
        return new(interleaver.Body, nonces, software.Count > 0 ? 1 : 0, interleaver.Nops);
    }

    private Interleaver Begin(IReadOnlyList<Instruction> software) =>
        new(_target, design, (int)chip.Sha.Registers["busy"], software);

    // Counts the passes down; the writer adds the branch back.
    private Instruction[] PassEnd()
    {
        var slot = Frame.Slot(BlockWord.Passes);
        return
        [
            _target.Load(_target.Scratch, slot),
            _target.AddImmediate(_target.Scratch, _target.Scratch, -1),
            _target.Store(_target.Scratch, slot),
        ];
    }
}
