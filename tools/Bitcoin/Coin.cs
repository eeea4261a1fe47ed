using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroFirmware.Bitcoin;

/// <summary>A chain that is mined with double SHA-256: data, one file each in <c>coins/</c>.</summary>
/// <param name="Name">What options call it: lower case with hyphens.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Ticker">What exchanges call it.</param>
/// <param name="Addresses">How its addresses are written.</param>
/// <param name="Segwit">Whether its blocks hold witnesses (BIP 141).</param>
/// <param name="TransactionOrder">The order of a block's transactions.</param>
/// <param name="Template">What its node is asked with for a template.</param>
/// <param name="VersionMask">Version bits that may be rolled (BIP 320); 0 for none.</param>
/// <param name="HalvingInterval">Blocks between two halvings; null where only the node knows the reward.</param>
public sealed record Coin(
    string Name,
    string Title,
    string Ticker,
    AddressFormat Addresses,
    bool Segwit,
    TransactionOrder TransactionOrder,
    TemplateRequest Template,
    [property: JsonConverter(typeof(Coin.HexMask))] uint VersionMask,
    int? HalvingInterval)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private static readonly FrozenDictionary<string, Coin> s_all = LoadAll();

    /// <summary>Every coin there is data for, by name.</summary>
    public static IReadOnlyDictionary<string, Coin> All => s_all;

    /// <summary>The coin of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static Coin Find(string name) => s_all.TryGetValue(name, out Coin? coin)
        ? coin
        : throw new ArgumentException($"There is no coin '{name}'; known are {string.Join(", ", s_all.Keys.Order())}.");

    /// <summary>Reads one coin's file.</summary>
    /// <exception cref="JsonException">A member is missing, unknown or of the wrong form.</exception>
    public static Coin Parse(string json) =>
        JsonSerializer.Deserialize<Coin>(json, s_json) ?? throw new JsonException("A coin is a JSON object.");

    /// <summary>Puts a template's transactions into the coin's order.</summary>
    public IReadOnlyList<TemplateTransaction> Order(IReadOnlyList<TemplateTransaction> transactions) =>
        TransactionOrder == TransactionOrder.Canonical
            ? [.. transactions.OrderBy(t => t.Txid.Number)]
            : transactions;

    private static FrozenDictionary<string, Coin> LoadAll()
    {
        Assembly assembly = typeof(Coin).Assembly;
        List<Coin> coins = [];
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            coins.Add(Parse(reader.ReadToEnd()));
        }

        return coins.ToFrozenDictionary(coin => coin.Name);
    }

    private sealed class HexMask : JsonConverter<uint>
    {
        public override uint Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            uint.TryParse(reader.GetString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint mask)
                ? mask
                : throw new JsonException("version_mask is 8 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("x8", CultureInfo.InvariantCulture));
    }
}
