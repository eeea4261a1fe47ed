using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Dashboard.Upstreams;

/// <summary>What was typed about a new upstream.</summary>
public sealed class UpstreamForm
{
    /// <summary>Which button: <c>test</c> or <c>add</c>.</summary>
    public string? Deed { get; set; }

    /// <inheritdoc cref="UpstreamOptions.Url"/>
    public string? Url { get; set; }

    /// <inheritdoc cref="UpstreamOptions.User"/>
    public string? User { get; set; }

    /// <inheritdoc cref="UpstreamOptions.Password"/>
    public string? Password { get; set; }

    /// <inheritdoc cref="UpstreamOptions.Coin"/>
    public string? Coin { get; set; }

    /// <inheritdoc cref="UpstreamOptions.PayoutAddress"/>
    public string? PayoutAddress { get; set; }

    /// <inheritdoc cref="UpstreamOptions.CookieFile"/>
    public string? CookieFile { get; set; }

    /// <inheritdoc cref="UpstreamOptions.AuthorityFile"/>
    public string? AuthorityFile { get; set; }

    /// <summary>The same as options.</summary>
    internal UpstreamOptions ToOptions()
    {
        UpstreamOptions options = new()
        {
            Url = Url?.Trim() ?? "",
            User = User?.Trim() ?? "",
            Password = Password ?? "",
            PayoutAddress = PayoutAddress?.Trim() ?? "",
            CookieFile = CookieFile?.Trim() ?? "",
            AuthorityFile = AuthorityFile?.Trim() ?? "",
        };
        if (!string.IsNullOrEmpty(Coin))
        {
            options.Coin = Coin;
        }

        return options;
    }
}
