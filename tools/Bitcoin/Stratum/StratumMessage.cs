using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>What a pool sends.</summary>
public abstract record StratumMessage
{
    private StratumMessage()
    {
    }

    /// <summary><c>mining.notify</c>: a job.</summary>
    /// <param name="JobId">The pool's name for it.</param>
    /// <param name="PreviousHash">Hash of the block to build on.</param>
    /// <param name="CoinbasePrefix">The coinbase before the extranonces, without witness.</param>
    /// <param name="CoinbaseSuffix">The coinbase after them.</param>
    /// <param name="Branch">What the coinbase's txid is folded with, from the leaves up.</param>
    /// <param name="Version">The header's version.</param>
    /// <param name="Bits">The block's target in compact form.</param>
    /// <param name="NTime">The header's time to begin with.</param>
    /// <param name="Clean">Whether shares of earlier jobs are worthless now.</param>
    public sealed record Notify(
        string JobId,
        Hash256 PreviousHash,
        byte[] CoinbasePrefix,
        byte[] CoinbaseSuffix,
        IReadOnlyList<Hash256> Branch,
        uint Version,
        uint Bits,
        uint NTime,
        bool Clean) : StratumMessage;

    /// <summary><c>mining.set_difficulty</c>: holds for jobs notified after it.</summary>
    /// <param name="Difficulty">Above 0.</param>
    public sealed record SetDifficulty(double Difficulty) : StratumMessage;

    /// <summary><c>mining.set_version_mask</c> (BIP 310): holds from now on.</summary>
    /// <param name="Mask">Version bits that may be rolled.</param>
    public sealed record SetVersionMask(uint Mask) : StratumMessage;

    /// <summary><c>mining.set_extranonce</c>: holds for jobs notified after it.</summary>
    /// <param name="Extranonce1">The pool's octets.</param>
    /// <param name="Extranonce2Size">Octets left to the miner.</param>
    public sealed record SetExtranonce(byte[] Extranonce1, int Extranonce2Size) : StratumMessage;

    /// <summary><c>client.reconnect</c>.</summary>
    /// <param name="Host">Where to; empty for the same host. A stranger's word: to be followed within the same domain
    /// only.</param>
    /// <param name="Port">Where to; 0 for the same port.</param>
    /// <param name="WaitSeconds">How long to wait before.</param>
    public sealed record Reconnect(string Host, int Port, int WaitSeconds) : StratumMessage;

    /// <summary><c>client.show_message</c>.</summary>
    /// <param name="Text">For people.</param>
    public sealed record ShowMessage(string Text) : StratumMessage;

    /// <summary><c>mining.ping</c> or <c>client.get_version</c>: wants an answer.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Method">Which of them.</param>
    public sealed record Question(StratumId Id, string Method) : StratumMessage;

    /// <summary>The answer to a request.</summary>
    /// <param name="Id">Of the request.</param>
    /// <param name="Result">What was asked for; undefined where there is none.</param>
    /// <param name="Error">Why it was refused; null where it was not.</param>
    public sealed record Response(StratumId Id, JsonElement Result, StratumError? Error) : StratumMessage
    {
        /// <summary>The request was granted.</summary>
        public bool Good => Error is null && Result.ValueKind is not (JsonValueKind.False or JsonValueKind.Undefined);
    }

    /// <summary>A method that is not known here.</summary>
    /// <param name="Method">Its name.</param>
    public sealed record Unknown(string Method) : StratumMessage;
}
