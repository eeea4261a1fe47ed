using System.Net;
using System.Text;
using System.Text.Json;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Stratum;

namespace MicroFirmware.Gateway.Tests.Stratum.Fuzz;

/// <summary>Fuzzed miners on a Stratum server without sockets. Each line is read by both readers of shares too, which
/// must agree.</summary>
internal sealed class StratumFuzzer(int seed, StratumServer server)
{
    private const int LinesPerConnection = 150;
    private static readonly byte[] s_ping = "\n{\"id\":\"end\",\"method\":\"mining.ping\",\"params\":[]}\n"u8.ToArray();

    private readonly Random _addresses = new(seed);
    private readonly MinerLines _lines = new(seed);

    /// <summary>Lines sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends so many lines. Throws what the server throws.</summary>
    public async Task RunAsync(long lines)
    {
        while (Sent < lines)
        {
            MemoryTransport transport = new(new IPAddress(_addresses.NextInt64(1L << 32)));
            Task serving = Task.Run(() => server.ServeAsync(transport.Context));
            await TalkAsync(transport);
            await transport.EndAsync();
            await serving;
        }
    }

    private async Task TalkAsync(MemoryTransport transport)
    {
        bool isOpen = true;
        if (_addresses.Next(10) > 0)
        {
            isOpen = await transport.SendAsync(Encoding.UTF8.GetBytes(_lines.Greeting()))
                && await UntilAsync(transport, "mining.notify");
        }

        for (int i = 0; i < LinesPerConnection && isOpen; i++)
        {
            byte[] line = _lines.Next();
            Compare(line);
            Sent++;
            isOpen = await transport.SendAsync(line)
                && (i % 30 != 29 || (await transport.SendAsync(s_ping) && await UntilAsync(transport, "\"pong\"")));
        }
    }

    private async Task<bool> UntilAsync(MemoryTransport transport, string text)
    {
        string seen = "";
        while (await transport.ReceiveAsync() is { } octets)
        {
            seen += Encoding.Latin1.GetString(octets);
            int notify = seen.LastIndexOf("mining.notify\",\"params\":[\"", StringComparison.Ordinal);
            if (notify >= 0 && seen.Length > notify + 44)
            {
                _lines.Job = seen.Substring(notify + 26, 18);
            }

            if (seen.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fast reader echoes a text as it was spelled, the other one may escape more of it.</summary>
    private static bool IsSame(StratumId id, ReadOnlySpan<byte> echo)
    {
        using JsonDocument document = JsonDocument.Parse(echo.ToArray());
        JsonElement value = document.RootElement;
        return value.ValueKind == JsonValueKind.String ? id.Text == value.GetString()
            : id.Text is null && !id.IsNull && id.Number == value.GetInt64();
    }

    /// <summary>What the fast reader takes, the other takes too, and it means the same.</summary>
    private static void Compare(byte[] line)
    {
        ReadOnlyMemory<byte> text = line.AsMemory().TrimEnd("\r\n"u8);
        if (!StratumShare.TryRead(text.Span, out StratumShare fast))
        {
            return;
        }

        if (!StratumRequestReader.TryRead(text, out StratumRequest? request, out StratumId id, out _)
            || request is not StratumRequest.Submit slow
            || !IsSame(id, fast.Id)
            || slow.User != Encoding.UTF8.GetString(fast.User)
            || slow.JobId != Encoding.UTF8.GetString(fast.JobId)
            || !Convert.ToHexString(slow.Extranonce2).Equals(
                Encoding.ASCII.GetString(fast.Extranonce2), StringComparison.OrdinalIgnoreCase)
            || (slow.NTime, slow.Nonce, slow.VersionBits) != (fast.NTime, fast.Nonce, fast.VersionBits))
        {
            throw new InvalidOperationException($"The readers differ on {Encoding.UTF8.GetString(line)}");
        }
    }
}
