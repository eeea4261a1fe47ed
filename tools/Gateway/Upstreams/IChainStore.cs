using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Where the embedded chain keeps its blocks.</summary>
public interface IChainStore
{
    /// <summary>The blocks after the first one, from the oldest; each is checked by the chain.</summary>
    IEnumerable<Block> Load();

    /// <summary>Adds a block at the end. When this returns, the block is as safe as this store makes it.</summary>
    void Append(Block block);
}
