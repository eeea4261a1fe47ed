using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;

namespace MicroFirmware.KernelForge.Programs;

/// <summary>
/// The engine of the S2, S3, C3 and C6: 30 writes and 9 reads a nonce. The digest block's padding is written while
/// block 2 runs, the next nonce's block 2 while the digest's block runs. All words lie in the block as octets, and the
/// block word Nonce holds the first nonce of the pass.
/// </summary>
internal sealed class MemoryProgram(Target target, ShaEngine engine, LoopDesign design)
    : EngineProgram(target, engine, design)
{
    private const uint ModeSha256 = 2;
    private const uint PaddingOctets = 0x0000_0080;
    private const uint HeaderBitsOctets = 0x8002_0000;
    private const uint DigestBitsOctets = 0x0001_0000;

    /// <inheritdoc/>
    protected override int Message => Register("message");

    private int State => Register("state");

    /// <inheritdoc/>
    public override IReadOnlyList<Instruction> Preamble()
    {
        List<Instruction> code = [];
        void Constant(uint value) => code.Add(Target.LoadConstant(Target.Scratch, value, new Frame()));
        void Block(BlockWord word, int index = 0) => code.Add(Target.Load(Target.Scratch, Frame.Slot(word, index)));
        void Put(int offset) => code.Add(Target.EngineWrite(Target.Scratch, offset));
        Constant(ModeSha256);
        Put(Register("mode"));
        for (var i = 0; i < 8; i++)
        {
            Block(BlockWord.State, i);
            Put(State + 4 * i);
        }

        for (var i = 0; i < 3; i++)
        {
            Block(BlockWord.Tail, i);
            Put(Message + 4 * i);
        }

        Block(BlockWord.Nonce);
        Put(Message + 4 * 3);
        Constant(PaddingOctets);
        Put(Message + 4 * 4);
        Constant(0);
        for (var i = 5; i < 15; i++)
        {
            Put(Message + 4 * i);
        }

        Constant(HeaderBitsOctets);
        Put(Message + 4 * 15);
        return code;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Instruction> PassEnd(int nonces)
    {
        var (value, slot) = (Target.Scratch, Frame.Slot(BlockWord.Nonce));
        return [Target.Load(value, slot), Target.AddImmediate(value, value, nonces), Target.Store(value, slot)];
    }

    /// <inheritdoc/>
    protected override void AddNonce(int index, bool isLast)
    {
        AddBlockTwo();
        AddDigestBlock(index);
        AddDigest(index);
    }

    private void AddBlockTwo()
    {
        Prepare(1);
        Start("continue", Trigger.BlockTwo);
        Prepare(PaddingOctets);
        WriteMessage(8, Latch(Trigger.BlockTwo, 8));
        Prepare(DigestBitsOctets);
        WriteMessage(15, Latch(Trigger.BlockTwo, 15));
        PollBlock(Trigger.BlockTwo);
    }

    private void AddDigestBlock(int index)
    {
        for (var i = 0; i < 8; i += 2)
        {
            Read(Target.Scratch, State + 4 * i, Block(Trigger.BlockTwo));
            Read(Target.Scratch2, State + 4 * (i + 1), Block(Trigger.BlockTwo));
            WriteMessage(i);
            WriteSeen(i + 1);
        }

        Prepare(1);
        Start("start", Trigger.DigestBlock, isFenced: false);
        Prepare(BlockWord.Tail);
        Fence(Trigger.DigestBlock);
        WriteMessage(0, Latch(Trigger.DigestBlock, 0));
        for (var i = 1; i < 3; i++)
        {
            Prepare(BlockWord.Tail, i);
            WriteMessage(i, Latch(Trigger.DigestBlock, i));
        }

        Prepare(BlockWord.Nonce);
        Prepare(Target.AddImmediate(Target.Scratch, Target.Scratch, index + 1));
        WriteMessage(3, Latch(Trigger.DigestBlock, 3));
        Prepare(PaddingOctets);
        WriteMessage(4, Latch(Trigger.DigestBlock, 4));
        Prepare(0);
        for (var i = 5; i < 9; i++)
        {
            WriteMessage(i, Latch(Trigger.DigestBlock, i));
        }

        Prepare(HeaderBitsOctets);
        WriteMessage(15, Latch(Trigger.DigestBlock, 15));
    }

    private void AddDigest(int index)
    {
        var done = Block(Trigger.DigestBlock);
        PollBlock(Trigger.DigestBlock);
        Prepare(BlockWord.State);
        Read(Target.Scratch2, State + 4 * 7, done, Trigger.DigestRead);
        TestSeen(index, Target.KeepHighHalf);
        for (var i = 0; i < 8; i++)
        {
            if (i > 0)
            {
                Prepare(BlockWord.State, i);
            }

            Write(State + 4 * i, done);
        }
    }
}
