using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>An upstream that gives the templates a test hands it, and takes every block.</summary>
internal sealed class FixedUpstream : IUpstream
{
    public event Action<BlockTemplate>? Changed;

    public string Name => "fixed";

    public BlockTemplate? Current { get; private set; }

    /// <summary>A template without transactions on a given block, at the easiest target there is.</summary>
    public static BlockTemplate Easy(byte previous = 1) => new()
    {
        Version = 0x2000_0000,
        PreviousHash = Sha256d.Hash([previous]),
        Bits = 0x207fffff,
        Time = 1_800_000_000,
        Height = 100,
        CoinbaseValue = 50 * Consensus.Coin,
    };

    public void Give(BlockTemplate template)
    {
        Current = template;
        Changed?.Invoke(template);
    }

    public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel) =>
        Task.FromResult(new SubmitOutcome(SubmitStatus.Accepted));
}
