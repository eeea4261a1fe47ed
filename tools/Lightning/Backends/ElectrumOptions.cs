namespace MicroFirmware.Lightning.Backends;

/// <summary>Where an Electrum daemon answers.</summary>
/// <param name="Url">Its JSON-RPC, such as <c>http://127.0.0.1:7777</c>.</param>
/// <param name="User">Its <c>rpcuser</c>.</param>
/// <param name="Password">Its <c>rpcpassword</c>; never logged.</param>
public sealed record ElectrumOptions(Uri Url, string User, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Url}";
}
