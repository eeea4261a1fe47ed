using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Bench.Shares;

/// <summary>One template whose block nobody finds, so that a bench measures shares alone.</summary>
internal sealed class EasyUpstream : IUpstream
{
    public event Action<BlockTemplate>? Changed
    {
        add { }
        remove { }
    }

    public string Name => "bench";

    public BlockTemplate Current { get; } = new()
    {
        Version = 0x2000_0000,
        PreviousHash = Hash256.Zero,
        Bits = Target.ToCompact(Target.FromWork(1UL << 62)),
        Time = 1_800_000_000,
        Height = 1,
        CoinbaseValue = 50 * Consensus.Coin,
    };

    public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel) =>
        Task.FromResult(new SubmitOutcome(SubmitStatus.Accepted));
}
