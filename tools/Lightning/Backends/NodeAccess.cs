namespace MicroFirmware.Lightning.Backends;

/// <summary>Where a node answers, and what lets one in.</summary>
/// <param name="Url">Its REST interface, such as <c>https://127.0.0.1:8080</c>.</param>
/// <param name="Secret">Macaroon (hexadecimal), rune, key or password; never logged.</param>
public sealed record NodeAccess(Uri Url, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Url}";
}
