using System.Globalization;
using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Reads what a miner sends. Values are read as numbers, so that one share has one meaning however it is
/// spelled.</summary>
public static class StratumRequestReader
{
    /// <summary>Octets of an extranonce2 that is looked at.</summary>
    public const int MaxExtranonce2 = 16;

    private const int MaxDepth = 8;
    private const int MaxExtensions = 16;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one line.</summary>
    /// <param name="line">A line without its end.</param>
    /// <param name="request">The request where the answer is true.</param>
    /// <param name="id">The id, as far as there is one: for an answer to a line with a mistake.</param>
    /// <param name="problem">What is wrong where the answer is false, as a sentence; empty otherwise.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> line, out StratumRequest? request, out StratumId id, out string problem)
    {
        (request, id, problem) = (null, StratumId.Null, "");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, s_options);
            request = Read(document.RootElement, ref id, ref problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what System.Text.Json makes of text that is no Unicode.
            problem = "The line is no JSON.";
        }

        return request is not null;
    }

    private static StratumRequest? Read(JsonElement message, ref StratumId id, ref string problem)
    {
        if (message.ValueKind != JsonValueKind.Object || !StratumId.TryRead(message, out id))
        {
            problem = "The line is no JSON object with an id that is a number, a short text or null.";
            return null;
        }

        if (!message.TryGetProperty("method", out JsonElement method) || method.ValueKind != JsonValueKind.String)
        {
            bool answers = message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _);
            problem = answers ? "" : "The line names no method.";
            return answers ? new StratumRequest.Answer(id) : null;
        }

        StratumParameters parameters = new(message);
        StratumRequest request = Read(id, method.GetString()!, parameters);
        problem = parameters.Problem is { } wrong ? $"In {method.GetString()}, {wrong}." : "";
        return problem.Length == 0 ? request : null;
    }

    private static StratumRequest Read(StratumId id, string method, StratumParameters parameters) => method switch
    {
        "mining.submit" => ReadSubmit(id, parameters),
        "mining.subscribe" => new StratumRequest.Subscribe(
            id, parameters.Text(0, "the agent", otherwise: ""), ReadSession(parameters)),
        "mining.authorize" => new StratumRequest.Authorize(
            id, parameters.Text(0, "the user"), parameters.Text(1, "the password", otherwise: "")),
        "mining.configure" => ReadConfigure(id, parameters),
        "mining.suggest_difficulty" => new StratumRequest.SuggestDifficulty(id, ReadDifficulty(parameters)),
        "mining.extranonce.subscribe" => new StratumRequest.ExtranonceSubscribe(id),
        "mining.ping" => new StratumRequest.Ping(id),
        _ => new StratumRequest.Unknown(id, method.Length <= StratumParameters.MaxText ? method : ""),
    };

    private static StratumRequest.Submit ReadSubmit(StratumId id, StratumParameters parameters) => new(
        id,
        parameters.Text(0, "the user"),
        parameters.Text(1, "the job"),
        parameters.Octets(2, "extranonce2", MaxExtranonce2),
        parameters.Hex32(3, "ntime"),
        parameters.Hex32(4, "the nonce"),
        parameters.Has(5) ? parameters.Hex32(5, "the version bits") : null);

    private static string? ReadSession(StratumParameters parameters) =>
        parameters.Has(1) ? parameters.Text(1, "the session") : null;

    private static double ReadDifficulty(StratumParameters parameters)
    {
        double difficulty = parameters.Number(0, "the difficulty");
        if (difficulty <= 0)
        {
            parameters.Fail("the difficulty is not above 0");
        }

        return difficulty;
    }

    private static StratumRequest.Configure ReadConfigure(StratumId id, StratumParameters parameters)
    {
        JsonElement list = parameters.Element(0);
        JsonElement settings = parameters.Element(1);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxExtensions
            || list.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
        {
            parameters.Fail($"the extensions are not a list of up to {MaxExtensions} names");
            return new StratumRequest.Configure(id, [], null, 0, null);
        }

        string[] extensions = [.. list.EnumerateArray().Select(e => e.GetString()!)];
        uint? mask = extensions.Contains("version-rolling") ? ReadMask(settings, parameters) : null;
        return new StratumRequest.Configure(
            id,
            extensions,
            mask,
            (int)Math.Min(32, ReadNumber(settings, "version-rolling.min-bit-count") ?? 0),
            extensions.Contains("minimum-difficulty") ? ReadNumber(settings, "minimum-difficulty.value") : null);
    }

    /// <summary>The mask that a miner can roll; every bit of BIP 320 where it names none.</summary>
    private static uint ReadMask(JsonElement settings, StratumParameters parameters)
    {
        if (settings.ValueKind != JsonValueKind.Object
            || !settings.TryGetProperty("version-rolling.mask", out JsonElement member))
        {
            return BlockHeader.RollingMask;
        }

        string text = member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
        if (text.Length > 8
            || !uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint mask))
        {
            parameters.Fail("version-rolling.mask is not 1 to 8 hexadecimal digits");
            return 0;
        }

        return mask;
    }

    private static double? ReadNumber(JsonElement settings, string name) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out double value)
            && value is >= 0 and < 1e18
            ? value
            : null;
}
