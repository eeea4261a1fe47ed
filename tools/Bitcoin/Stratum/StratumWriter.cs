using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Writes lines, each with its end. Numbers of a header are eight hexadecimal digits, most significant first.
/// </summary>
public static class StratumWriter
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Grants a request.</summary>
    public static void Granted(IBufferWriter<byte> to, StratumId id) => Answer(to, id, w => w.WriteBooleanValue(true));

    /// <summary>Answers <c>mining.ping</c>.</summary>
    public static void Pong(IBufferWriter<byte> to, StratumId id) => Answer(to, id, w => w.WriteStringValue("pong"));

    /// <summary>Sends <c>mining.set_difficulty</c>, digit by digit as it was computed with.</summary>
    public static void Difficulty(IBufferWriter<byte> to, StratumDifficulty difficulty) =>
        Call(to, StratumId.Null, "mining.set_difficulty", writer =>
            writer.WriteRawValue(difficulty.Text, skipInputValidation: true));

    /// <summary>Answers a question with a text.</summary>
    public static void Told(IBufferWriter<byte> to, StratumId id, string text) =>
        Answer(to, id, writer => writer.WriteStringValue(text));

    /// <summary>Refuses a request.</summary>
    public static void Refused(IBufferWriter<byte> to, StratumId id, StratumError error) => Line(to, writer =>
    {
        id.Write(writer);
        writer.WriteNull("result");
        writer.WriteStartArray("error");
        writer.WriteNumberValue(error.Code);
        writer.WriteStringValue(error.Message);
        writer.WriteNullValue();
        writer.WriteEndArray();
    });

    /// <summary>Answers <c>mining.subscribe</c>.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="id">Of the request.</param>
    /// <param name="session">Names the session.</param>
    /// <param name="extranonce1">This connection's octets of the coinbase.</param>
    /// <param name="extranonce2Size">Octets left to the miner.</param>
    public static void Subscribed(
        IBufferWriter<byte> to, StratumId id, string session, ReadOnlyMemory<byte> extranonce1, int extranonce2Size) =>
        Answer(to, id, writer =>
        {
            writer.WriteStartArray();
            writer.WriteStartArray();
            Texts(writer, "mining.set_difficulty", session);
            Texts(writer, "mining.notify", session);
            writer.WriteEndArray();
            writer.WriteStringValue(Convert.ToHexStringLower(extranonce1.Span));
            writer.WriteNumberValue(extranonce2Size);
            writer.WriteEndArray();
        });

    /// <summary>Answers <c>mining.configure</c> (BIP 310): version rolling where both sides have bits for it, and no
    /// for every other extension.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="mask">Version bits that may be rolled: the server's and the miner's; 0 for none.</param>
    public static void Configured(IBufferWriter<byte> to, StratumRequest.Configure request, uint mask) =>
        Answer(to, request.Id, writer =>
        {
            writer.WriteStartObject();
            foreach (string extension in request.Extensions.Distinct())
            {
                bool rolls = extension == "version-rolling" && mask != 0;
                writer.WriteBoolean(extension, rolls);
                if (rolls)
                {
                    writer.WriteString("version-rolling.mask", Hex(mask));
                }
            }

            writer.WriteEndObject();
        });

    /// <summary>Sends any of a pool's messages.</summary>
    /// <exception cref="ArgumentException">A response or an unknown message: those are not sent so.</exception>
    public static void Message(IBufferWriter<byte> to, StratumMessage message)
    {
        switch (message)
        {
            case StratumMessage.Notify notify:
                Call(to, StratumId.Null, "mining.notify", writer => NotifyParameters(writer, notify));
                break;
            case StratumMessage.SetDifficulty set:
                Call(to, StratumId.Null, "mining.set_difficulty", writer => Plain(writer, set.Difficulty));
                break;
            case StratumMessage.SetVersionMask set:
                Call(to, StratumId.Null, "mining.set_version_mask", writer => writer.WriteStringValue(Hex(set.Mask)));
                break;
            case StratumMessage.SetExtranonce set:
                Call(to, StratumId.Null, "mining.set_extranonce", writer =>
                {
                    writer.WriteStringValue(Convert.ToHexStringLower(set.Extranonce1));
                    writer.WriteNumberValue(set.Extranonce2Size);
                });
                break;
            case StratumMessage.Reconnect again:
                Call(to, StratumId.Null, "client.reconnect", writer =>
                {
                    writer.WriteStringValue(again.Host);
                    writer.WriteNumberValue(again.Port);
                    writer.WriteNumberValue(again.WaitSeconds);
                });
                break;
            case StratumMessage.ShowMessage show:
                Call(to, StratumId.Null, "client.show_message", writer => writer.WriteStringValue(show.Text));
                break;
            case StratumMessage.Question question:
                Call(to, question.Id, question.Method, _ => { });
                break;
            default:
                throw new ArgumentException($"A {message.GetType().Name} is not sent as a message.", nameof(message));
        }
    }

    /// <summary>Sends any of a miner's requests.</summary>
    /// <exception cref="ArgumentException">An answer or an unknown request: those are not sent so.</exception>
    public static void Request(IBufferWriter<byte> to, StratumRequest request)
    {
        (string method, Action<Utf8JsonWriter> parameters) = request switch
        {
            StratumRequest.Subscribe s => ("mining.subscribe", Values([s.Agent, .. Optional(s.Session)])),
            StratumRequest.Authorize a => ("mining.authorize", Values([a.User, a.Password])),
            StratumRequest.Submit s => ("mining.submit", Values(SubmitTexts(s))),
            StratumRequest.Configure c => ("mining.configure", writer => ConfigureParameters(writer, c)),
            StratumRequest.SuggestDifficulty s =>
                ("mining.suggest_difficulty", writer => writer.WriteNumberValue(s.Difficulty)),
            StratumRequest.ExtranonceSubscribe => ("mining.extranonce.subscribe", Values([])),
            StratumRequest.Ping => ("mining.ping", Values([])),
            _ => throw new ArgumentException(
                $"A {request.GetType().Name} is not sent as a request.", nameof(request)),
        };
        Call(to, request.Id, method, parameters);
    }

    /// <summary>Without an exponent: not every miner reads one.</summary>
    private static void Plain(Utf8JsonWriter writer, double number) => writer.WriteRawValue(
        number.ToString("0.##################", CultureInfo.InvariantCulture), skipInputValidation: true);

    private static string Hex(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);

    private static string[] Optional(string? text) => text is null ? [] : [text];

    private static string[] SubmitTexts(StratumRequest.Submit submit) =>
    [
        submit.User, submit.JobId, Convert.ToHexStringLower(submit.Extranonce2), Hex(submit.NTime), Hex(submit.Nonce),
        .. Optional(submit.VersionBits is { } bits ? Hex(bits) : null),
    ];

    private static Action<Utf8JsonWriter> Values(IEnumerable<string> texts) => writer =>
    {
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }
    };

    private static void Texts(Utf8JsonWriter writer, params ReadOnlySpan<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void NotifyParameters(Utf8JsonWriter writer, StratumMessage.Notify notify)
    {
        writer.WriteStringValue(notify.JobId);
        writer.WriteStringValue(Convert.ToHexStringLower(StratumHash.ToOctets(notify.PreviousHash)));
        writer.WriteStringValue(Convert.ToHexStringLower(notify.CoinbasePrefix));
        writer.WriteStringValue(Convert.ToHexStringLower(notify.CoinbaseSuffix));
        Texts(writer, [.. notify.Branch.Select(hash => Convert.ToHexStringLower(hash.ToOctets()))]);
        writer.WriteStringValue(Hex(notify.Version));
        writer.WriteStringValue(Hex(notify.Bits));
        writer.WriteStringValue(Hex(notify.NTime));
        writer.WriteBooleanValue(notify.Clean);
    }

    private static void ConfigureParameters(Utf8JsonWriter writer, StratumRequest.Configure configure)
    {
        Texts(writer, [.. configure.Extensions]);
        writer.WriteStartObject();
        if (configure.VersionMask is { } mask)
        {
            writer.WriteString("version-rolling.mask", Hex(mask));
            writer.WriteNumber("version-rolling.min-bit-count", configure.MinBitCount);
        }

        if (configure.MinimumDifficulty is { } difficulty)
        {
            writer.WriteNumber("minimum-difficulty.value", difficulty);
        }

        writer.WriteEndObject();
    }

    private static void Answer(IBufferWriter<byte> to, StratumId id, Action<Utf8JsonWriter> result) =>
        Line(to, writer =>
        {
            id.Write(writer);
            writer.WritePropertyName("result");
            result(writer);
            writer.WriteNull("error");
        });

    private static void Call(
        IBufferWriter<byte> to, StratumId id, string method, Action<Utf8JsonWriter> parameters) =>
        Line(to, writer =>
        {
            id.Write(writer);
            writer.WriteString("method", method);
            writer.WriteStartArray("params");
            parameters(writer);
            writer.WriteEndArray();
        });

    private static void Line(IBufferWriter<byte> to, Action<Utf8JsonWriter> members)
    {
        using (Utf8JsonWriter writer = new(to, s_options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        to.Write("\n"u8);
    }
}
