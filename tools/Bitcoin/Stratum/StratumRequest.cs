namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>What a miner sends.</summary>
/// <param name="Id">For the answer.</param>
public abstract record StratumRequest(StratumId Id)
{
    /// <summary><c>mining.subscribe</c>: begins a session.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Agent">The miner's name and version; empty where it gives none.</param>
    /// <param name="Session">A session to go on with; null for a new one.</param>
    public sealed record Subscribe(StratumId Id, string Agent, string? Session) : StratumRequest(Id);

    /// <summary><c>mining.authorize</c>: names who is paid.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="User">Account or address, mostly with <c>.worker</c>.</param>
    /// <param name="Password">Mostly <c>x</c>, or settings such as <c>d=0.001</c>.</param>
    public sealed record Authorize(StratumId Id, string User, string Password) : StratumRequest(Id);

    /// <summary><c>mining.configure</c> (BIP 310).</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Extensions">What the miner asks about, in its own order.</param>
    /// <param name="VersionMask">Version bits it can roll; null where it does not ask to.</param>
    /// <param name="MinBitCount">Bits it wants at least.</param>
    /// <param name="MinimumDifficulty">The least difficulty it wants; null where it does not ask.</param>
    public sealed record Configure(
        StratumId Id, IReadOnlyList<string> Extensions, uint? VersionMask, int MinBitCount, double? MinimumDifficulty)
        : StratumRequest(Id);

    /// <summary><c>mining.submit</c>: a share.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="User">As authorised.</param>
    /// <param name="JobId">As notified.</param>
    /// <param name="Extranonce2">The miner's octets of the coinbase.</param>
    /// <param name="NTime">The header's time.</param>
    /// <param name="Nonce">The header's nonce.</param>
    /// <param name="VersionBits">Version bits that were rolled (BIP 310); null where none are sent.</param>
    public sealed record Submit(
        StratumId Id, string User, string JobId, byte[] Extranonce2, uint NTime, uint Nonce, uint? VersionBits)
        : StratumRequest(Id);

    /// <summary><c>mining.suggest_difficulty</c>: any number of times.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Difficulty">Above 0; far below 1 for small miners.</param>
    public sealed record SuggestDifficulty(StratumId Id, double Difficulty) : StratumRequest(Id);

    /// <summary><c>mining.extranonce.subscribe</c>: the miner takes <c>mining.set_extranonce</c>.</summary>
    /// <param name="Id">For the answer.</param>
    public sealed record ExtranonceSubscribe(StratumId Id) : StratumRequest(Id);

    /// <summary><c>mining.ping</c>.</summary>
    /// <param name="Id">For the answer.</param>
    public sealed record Ping(StratumId Id) : StratumRequest(Id);

    /// <summary>A method that is not known here.</summary>
    /// <param name="Id">For the answer.</param>
    /// <param name="Method">Its name.</param>
    public sealed record Unknown(StratumId Id, string Method) : StratumRequest(Id);

    /// <summary>An answer to something that the server sent.</summary>
    /// <param name="Id">Of what was sent.</param>
    public sealed record Answer(StratumId Id) : StratumRequest(Id);
}
