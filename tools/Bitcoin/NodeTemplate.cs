namespace MicroFirmware.Bitcoin;

/// <summary>What a node's getblocktemplate gave.</summary>
/// <param name="Template">The block to make.</param>
/// <param name="LongPollId">What to ask with so that the answer waits for a better template (BIP 22); null where the
/// node does not offer that.</param>
public sealed record NodeTemplate(BlockTemplate Template, string? LongPollId);
