using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Where the embedded chain keeps its blocks.</summary>
public interface IChainStore
{
    /// <summary>The blocks that are kept, from the oldest, without a gap. The chain checks each and trusts the oldest
    /// one for what came before it.</summary>
    IEnumerable<Block> Load();

    /// <summary>Adds a block at the end. When this returns, the block is as safe as this store makes it.</summary>
    void Append(Block block);
}
