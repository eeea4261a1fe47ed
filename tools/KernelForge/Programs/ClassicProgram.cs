using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>
/// The ESP32's engine: 39 writes and 1 read a nonce. Block 2 is written while block 1 runs, words 8..15 of the next
/// block 1 while the digest's block runs; nothing is written during CONTINUE or LOAD. The block word Nonce holds the
/// nonce that comes next, with its octets as SHA-256 reads them: counting on adds 2^24.
/// </summary>
internal sealed class ClassicProgram(Target target, ShaEngine engine, LoopDesign design)
    : EngineProgram(target, engine, design)
{
    private const uint NonceStep = 0x0100_0000;

    /// <inheritdoc/>
    protected override int Message => Register("text");

    /// <inheritdoc/>
    public override IReadOnlyList<Instruction> Preamble() =>
    [
        .. Enumerable.Range(8, 8).SelectMany(i => new[]
        {
            Target.Load(Target.Scratch, Frame.Slot(BlockWord.State, i)),
            Target.EngineWrite(Target.Scratch, Message + 4 * i),
        }),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Instruction> PassEnd(int nonces) => [];

    /// <inheritdoc/>
    protected override void AddNonce(int index, bool isLast)
    {
        AddBlockOne(index);
        AddBlockTwo();
        AddDigestBlock();
        AddDigest(index, isLast);
    }

    private void AddBlockOne(int index)
    {
        for (var i = 0; i < 8; i++)
        {
            // The first word was prepared before the read of the nonce before.
            if (i > 0 || index == 0)
            {
                Prepare(BlockWord.State, i);
            }

            WriteMessage(i);
        }

        Prepare(1);
        Start("start", Trigger.BlockOne, isFenced: false);
    }

    private void AddBlockTwo()
    {
        Prepare(BlockWord.Tail);
        Fence(Trigger.BlockOne);
        WriteMessage(0, Latch(Trigger.BlockOne, 0));
        for (var i = 1; i < 3; i++)
        {
            Prepare(BlockWord.Tail, i);
            WriteMessage(i, Latch(Trigger.BlockOne, i));
        }

        Prepare(BlockWord.Nonce);
        WriteMessage(3, Latch(Trigger.BlockOne, 3));
        Prepare(ShaConstants.Padding);
        WriteMessage(4, Latch(Trigger.BlockOne, 4));
        Prepare(0);
        for (var i = 5; i < 15; i++)
        {
            WriteMessage(i, Latch(Trigger.BlockOne, i));
        }

        Prepare(ShaConstants.HeaderBits);
        WriteMessage(15, Latch(Trigger.BlockOne, 15));
        Prepare(1);
        PollBlock(Trigger.BlockOne);
        Start("continue", Trigger.BlockTwo, Block(Trigger.BlockOne));
        PollBlock(Trigger.BlockTwo);
        Start("load", Trigger.LoadOne, Block(Trigger.BlockTwo));
    }

    // The digest lies in words 0..7 already, and words 9..14 are block 2's zeros.
    private void AddDigestBlock()
    {
        var loaded = Load(Trigger.LoadOne);
        Prepare(ShaConstants.Padding);
        PollLoad(Trigger.LoadOne);
        WriteMessage(8, loaded);
        Prepare(ShaConstants.DigestBits);
        WriteMessage(15, loaded);
        Prepare(1);
        Start("start", Trigger.DigestBlock, loaded);
        for (var i = 8; i < 16; i++)
        {
            Prepare(BlockWord.State, i);
            WriteMessage(i, Latch(Trigger.DigestBlock, i));
        }
    }

    private void AddDigest(int index, bool isLast)
    {
        CountNonce(index);
        Prepare(1);
        PollBlock(Trigger.DigestBlock);
        Start("load", Trigger.LoadTwo, Block(Trigger.DigestBlock), isFenced: !ReadOutlastsLoad);
        if (!isLast)
        {
            Prepare(BlockWord.State);
        }

        PollLoad(Trigger.LoadTwo);
        Read(Target.Scratch2, Message + 4 * 7, Load(Trigger.LoadTwo), Trigger.DigestRead);
        TestSeen(index, Target.KeepLowHalf);
    }

    private void CountNonce(int index)
    {
        var (value, step) = (Target.Scratch, Target.Scratch2);
        Prepare(Target.LoadConstant(step, NonceStep, new Frame()));
        Prepare(BlockWord.Nonce);
        Prepare(Target.Binary(OperationKind.Add, value, value, step));
        Prepare(Target.ExitIfBelow(value, step, new(ExitKind.NonceCarry, index, step)));
        Prepare(Target.Store(value, Frame.Slot(BlockWord.Nonce)));
    }
}
