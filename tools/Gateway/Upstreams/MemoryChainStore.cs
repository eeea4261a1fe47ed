using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Keeps nothing: the chain begins anew with each start.</summary>
public sealed class MemoryChainStore : IChainStore
{
    /// <inheritdoc/>
    public IEnumerable<Block> Load() => [];

    /// <inheritdoc/>
    public void Append(Block block)
    {
    }
}
