namespace MicroFirmware.Articles;

/// <summary>Something to read.</summary>
/// <param name="Slug">Its name in the path.</param>
/// <param name="Title">Its title.</param>
/// <param name="Author">Who is paid.</param>
/// <param name="PriceMsat">What it costs.</param>
/// <param name="Text">What is paid for.</param>
internal sealed record Article(string Slug, string Title, string Author, long PriceMsat, string Text)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<Article> All { get; } =
    [
        new("nonce", "What a nonce is", "ada", 50,
            "A number that is used once: a miner tries one after the other until the header's hash is small enough."),
        new("share", "What a share proves", "ada", 80,
            "A hash below a target that is easier than the network's. Nobody finds one without about that much work."),
        new("preimage", "What a preimage is worth", "satoru", 120,
            "Who shows the octets behind a payment's hash has paid: only the payee knew them before."),
    ];
}
