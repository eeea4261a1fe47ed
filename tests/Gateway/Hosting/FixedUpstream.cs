using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>An upstream whose templates a test makes, and that remembers the blocks it was given.</summary>
internal sealed class FixedUpstream : IUpstream
{
    private readonly List<Block> _blocks = [];
    private readonly TaskCompletionSource<Block> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event Action<BlockTemplate>? Changed;

    public string Name => "fixed";

    public BlockTemplate? Current { get; private set; }

    /// <summary>What it says of every block.</summary>
    public SubmitOutcome Answer { get; set; } = new(SubmitStatus.Accepted);

    public Task<Block> FirstBlock => _first.Task;

    public Block[] Blocks
    {
        get
        {
            lock (_blocks)
            {
                return [.. _blocks];
            }
        }
    }

    /// <summary>A template at a height whose blocks take this many hashes.</summary>
    public void Publish(int height, ulong blockWork)
    {
        byte[] previous = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(previous, height);
        Publish(new BlockTemplate
        {
            Version = 0x2000_0000,
            PreviousHash = new Hash256(previous),
            Bits = Target.ToCompact(Target.FromWork(blockWork)),
            Time = 1_800_000_000,
            Height = height,
            CoinbaseValue = 50 * 100_000_000UL,
        });
    }

    /// <summary>Any template.</summary>
    public void Publish(BlockTemplate template)
    {
        Current = template;
        Changed?.Invoke(template);
    }

    public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
    {
        lock (_blocks)
        {
            _blocks.Add(block);
        }

        _first.TrySetResult(block);
        return Task.FromResult(Answer);
    }
}
