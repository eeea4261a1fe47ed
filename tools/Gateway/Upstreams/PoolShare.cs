using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>A share for a pool.</summary>
/// <param name="Work">The pool's job.</param>
/// <param name="Extranonce2">What fills the coinbase.</param>
/// <param name="Version">The header's whole version.</param>
/// <param name="NTime">The header's time.</param>
/// <param name="Nonce">The header's nonce.</param>
internal sealed record PoolShare(PoolWork Work, ReadOnlyMemory<byte> Extranonce2, uint Version, uint NTime, uint Nonce);
