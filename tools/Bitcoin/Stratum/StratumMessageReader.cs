using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Reads what a pool sends.</summary>
public static class StratumMessageReader
{
    /// <summary>Octets of each part of a coinbase.</summary>
    private const int MaxCoinbasePart = 16_384;

    /// <summary>Branches of a merkle tree with as many leaves as a block can have.</summary>
    private const int MaxBranch = 20;

    private const int MaxExtranonce = 32;
    private const int MaxDepth = 8;
    private const int MaxPort = 65_535;
    private const int MaxWaitSeconds = 3_600;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one line.</summary>
    /// <param name="line">A line without its end.</param>
    /// <param name="message">The message where the answer is true.</param>
    /// <param name="problem">What is wrong where the answer is false, as a sentence; empty otherwise.</param>
    public static bool TryRead(ReadOnlyMemory<byte> line, out StratumMessage? message, out string problem)
    {
        (message, problem) = (null, "");
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, s_options);
            message = Read(document.RootElement, ref problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what System.Text.Json makes of text that is no Unicode.
            problem = "The line is no JSON.";
        }

        return message is not null;
    }

    private static StratumMessage? Read(JsonElement line, ref string problem)
    {
        if (line.ValueKind != JsonValueKind.Object || !StratumId.TryRead(line, out StratumId id))
        {
            problem = "The line is no JSON object with an id that is a number, a short text or null.";
            return null;
        }

        if (!line.TryGetProperty("method", out JsonElement method) || method.ValueKind != JsonValueKind.String)
        {
            return ReadResponse(line, id);
        }

        string name = method.GetString()!;
        StratumParameters parameters = new(line);
        StratumMessage message = Read(id, name, parameters);
        problem = parameters.Problem is { } wrong ? $"In {name}, {wrong}." : "";
        return problem.Length == 0 ? message : null;
    }

    private static StratumMessage Read(StratumId id, string method, StratumParameters parameters) => method switch
    {
        "mining.notify" => ReadNotify(parameters),
        "mining.set_difficulty" => new StratumMessage.SetDifficulty(ReadDifficulty(parameters)),
        "mining.set_version_mask" => new StratumMessage.SetVersionMask(parameters.Hex32(0, "the mask")),
        "mining.set_extranonce" => new StratumMessage.SetExtranonce(
            parameters.Octets(0, "extranonce1", MaxExtranonce),
            ReadWhole(parameters, 1, "the size of extranonce2", MaxExtranonce)),
        "client.reconnect" => new StratumMessage.Reconnect(
            parameters.Text(0, "the host", otherwise: ""),
            parameters.Has(1) ? ReadPort(parameters) : 0,
            parameters.Has(2) ? ReadWhole(parameters, 2, "the wait", MaxWaitSeconds) : 0),
        "client.show_message" => new StratumMessage.ShowMessage(parameters.Text(0, "the text")),
        "mining.ping" or "client.get_version" => new StratumMessage.Question(id, method),
        _ => new StratumMessage.Unknown(method.Length <= StratumParameters.MaxText ? method : ""),
    };

    private static StratumMessage.Notify ReadNotify(StratumParameters parameters)
    {
        byte[] previous = parameters.Octets(1, "the previous hash", Hash256.Size);
        if (previous.Length != Hash256.Size)
        {
            parameters.Fail("the previous hash is not 64 hexadecimal digits");
            previous = new byte[Hash256.Size];
        }

        return new StratumMessage.Notify(
            parameters.Text(0, "the job"),
            StratumHash.FromOctets(previous),
            parameters.Octets(2, "the coinbase's first part", MaxCoinbasePart),
            parameters.Octets(3, "the coinbase's second part", MaxCoinbasePart),
            ReadBranch(parameters),
            parameters.Hex32(5, "the version"),
            ReadBits(parameters),
            parameters.Hex32(7, "ntime"),
            parameters.Flag(8, "the clean flag"));
    }

    private static Hash256[] ReadBranch(StratumParameters parameters)
    {
        JsonElement list = parameters.Element(4);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxBranch)
        {
            parameters.Fail($"the branch is not a list of up to {MaxBranch} hashes");
            return [];
        }

        List<Hash256> branch = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            if (!Hash256.TryParse(text, out _))
            {
                parameters.Fail("the branch holds what is no hash");
                return [];
            }

            branch.Add(new Hash256(Convert.FromHexString(text!)));
        }

        return [.. branch];
    }

    private static uint ReadBits(StratumParameters parameters)
    {
        uint bits = parameters.Hex32(6, "the target");
        if (!Target.TryFromCompact(bits, out _))
        {
            parameters.Fail("the target is no compact target");
        }

        return bits;
    }

    private static double ReadDifficulty(StratumParameters parameters)
    {
        double difficulty = parameters.Number(0, "the difficulty");
        if (difficulty <= 0)
        {
            parameters.Fail("the difficulty is not above 0");
        }

        return difficulty;
    }

    /// <summary>A port: some pools send it as a text.</summary>
    private static int ReadPort(StratumParameters parameters) =>
        parameters.Element(1) is { ValueKind: JsonValueKind.String } element
            && int.TryParse(element.GetString(), out int port) && port is >= 0 and <= MaxPort
            ? port
            : ReadWhole(parameters, 1, "the port", MaxPort);

    private static int ReadWhole(StratumParameters parameters, int index, string name, int most)
    {
        double value = parameters.Number(index, name);
        if (value < 0 || value > most || value != Math.Floor(value))
        {
            parameters.Fail($"{name} is not a whole number up to {most}");
            return 0;
        }

        return (int)value;
    }

    private static StratumMessage.Response ReadResponse(JsonElement line, StratumId id)
    {
        JsonElement result = line.TryGetProperty("result", out JsonElement given) ? given.Clone() : default;
        StratumError? error = line.TryGetProperty("error", out JsonElement wrong) ? ReadError(wrong) : null;
        return new StratumMessage.Response(id, result, error);
    }

    /// <summary>An error is null, a list of code and message, or an object with both.</summary>
    private static StratumError? ReadError(JsonElement error)
    {
        if (error.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        JsonElement code = default;
        JsonElement text = default;
        if (error.ValueKind == JsonValueKind.Array && error.GetArrayLength() >= 2)
        {
            (code, text) = (error[0], error[1]);
        }
        else if (error.ValueKind == JsonValueKind.Object)
        {
            error.TryGetProperty("code", out code);
            error.TryGetProperty("message", out text);
        }

        string message = text.ValueKind == JsonValueKind.String ? text.GetString()! : "no reason given";
        return code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number)
            ? new StratumError(number, message)
            : StratumError.Other(message);
    }
}
