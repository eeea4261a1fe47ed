using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Dashboard.Webhooks;

/// <summary>What was typed about a new webhook.</summary>
public sealed class WebhookForm
{
    /// <summary>Which button: <c>test</c> or <c>add</c>.</summary>
    public string? Deed { get; set; }

    /// <inheritdoc cref="WebhookOptions.Url"/>
    public string? Url { get; set; }

    /// <inheritdoc cref="WebhookOptions.Secret"/>
    public string? Secret { get; set; }

    /// <inheritdoc cref="WebhookOptions.Events"/>
    public string? Events { get; set; }

    /// <summary><c>on</c> where it may be in a private network.</summary>
    public string? Private { get; set; }

    /// <summary>The same as options.</summary>
    internal WebhookOptions ToOptions()
    {
        WebhookOptions options = new()
        {
            Url = Url?.Trim() ?? "",
            Secret = Secret ?? "",
            Private = Private is not null,
        };
        options.Events = string.IsNullOrWhiteSpace(Events) ? options.Events : Events.Trim();
        return options;
    }
}
