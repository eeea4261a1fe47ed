using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Events;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>One address that is told of events: an entry of the list <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>What is sent unless something else is chosen.</summary>
    internal const string DefaultEvents = "block-found, block-accepted, board-lost, board-unsteady, payout-failed";

    // A secret that a person makes up is shorter than one that cannot be guessed.
    private const int LeastSecretLength = 16;
    private const int MostSecretLength = 128;
    private const int NameOctets = 8;

    /// <summary>Where it is sent: https, or with <see cref="Private"/> also http. What stands in its path is kept
    /// out of every log, and not shown.</summary>
    [SecretPath]
    public string Url { get; set; } = "";

    /// <summary>What messages are signed with, 16 to 128 characters; the receiver knows it too. Never logged.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Kinds of events, with commas between them, or <c>all</c>. Default <c>block-found, block-accepted,
    /// board-lost, board-unsteady, payout-failed</c>.</summary>
    public string Events { get; set; } = DefaultEvents;

    /// <summary>Whether it may be on this machine or in a private network. Default no.</summary>
    public bool Private { get; set; }

    /// <summary>What it is remembered by: another address is another receiver.</summary>
    internal string Name =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Url)).AsSpan(0, NameOctets));

    /// <summary>What may be shown of its address: scheme and host.</summary>
    internal string Shown => SettingText.HostOf(Url);

    /// <summary>The kinds that are sent; null where a word is none.</summary>
    internal IReadOnlySet<EventKind>? Kinds
    {
        get
        {
            HashSet<EventKind> kinds = [];
            foreach (string word in Events.Split(',', StringSplitOptions.TrimEntries))
            {
                if (word == "all")
                {
                    kinds.UnionWith(Enum.GetValues<EventKind>());
                }
                else if (!EventWords.TryParse(word, out EventKind kind) || !kinds.Add(kind))
                {
                    return null;
                }
            }

            // What is said of a receiver that takes nothing is not for that receiver.
            kinds.Remove(EventKind.WebhookGivenUp);
            return kinds;
        }
    }

    internal static void Check(string list, IList<WebhookOptions> webhooks, ConfigurationProblems problems)
    {
        for (int i = 0; i < webhooks.Count; i++)
        {
            webhooks[i].Check($"{list}:{i}", problems);
        }

        if (webhooks.DistinctBy(webhook => webhook.Url).Count() < webhooks.Count)
        {
            problems.Add(list, "***", "holds an address twice; give it all its kinds in one entry");
        }
    }

    private void Check(string section, ConfigurationProblems problems)
    {
        bool isUrl = Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && Private));
        if (!isUrl)
        {
            problems.Add($"{section}:{nameof(Url)}", "***", "is no address to send to; write https://host/path, or "
                + $"with {nameof(Private)}=true also http://, without a user in it");
        }

        if (Secret.Length is < LeastSecretLength or > MostSecretLength)
        {
            problems.Add($"{section}:{nameof(Secret)}", "***",
                $"is missing, too short or too long; take {LeastSecretLength} to {MostSecretLength} characters");
        }

        if (Kinds is not { Count: > 0 })
        {
            problems.Add($"{section}:{nameof(Events)}", Events, "is no list of kinds; take all, or some of "
                + string.Join(", ", Enum.GetValues<EventKind>().Select(EventWords.NameOf)));
        }
    }
}
