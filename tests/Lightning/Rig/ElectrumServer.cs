using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>
/// What Electrum asks of a server (electrumx.readthedocs.io, protocol 1.4: lines of JSON over TCP), answered from a
/// <see cref="BcoinChain"/>.
/// </summary>
internal sealed class ElectrumServer : IDisposable
{
    private readonly BcoinChain _chain;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Client> _clients = [];

    public ElectrumServer(BcoinChain chain)
    {
        _chain = chain;
        _chain.Changed += Tell;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _chain.Changed -= Tell;
        _listener.Stop();
        lock (_clients)
        {
            _clients.ForEach(client => client.Stream.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Client client = new((await _listener.AcceptTcpClientAsync()).GetStream());
                lock (_clients)
                {
                    _clients.Add(client);
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Client client)
    {
        try
        {
            using StreamReader reader = new(client.Stream, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                JsonNode request = JsonNode.Parse(line)!;
                client.Send(request is JsonArray batch
                    ? new JsonArray([.. await Task.WhenAll(batch.Select(one => AnswerAsync(client, one!)))])
                    : await AnswerAsync(client, request));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A client that goes.
        }
    }

    private async Task<JsonNode> AnswerAsync(Client client, JsonNode request)
    {
        JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = request["id"]?.DeepClone() };
        try
        {
            JsonNode?[] parameters = request["params"] is JsonArray array ? [.. array] : [];
            answer["result"] = await ResultAsync(client, request["method"]!.GetValue<string>(), parameters);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or HttpRequestException)
        {
            answer["error"] = new JsonObject { ["code"] = 1, ["message"] = e.Message };
        }

        return answer;
    }

    private async Task<JsonNode?> ResultAsync(Client client, string method, JsonNode?[] parameters)
    {
        string Text(int i) => parameters[i]!.GetValue<string>();
        int Number(int i) => parameters[i]!.GetValue<int>();
        switch (method)
        {
            case "server.version": return new JsonArray("rig", "1.4");
            case "server.banner" or "server.donation_address": return "";
            case "server.peers.subscribe" or "mempool.get_fee_histogram": return new JsonArray();
            case "server.ping": return null;
            case "server.features": return new JsonObject
            {
                ["genesis_hash"] = Bitcoin.BlockHeader.Read(Convert.FromHexString(_chain.Headers[0])).Hash().ToString(),
                ["hosts"] = new JsonObject(),
                ["protocol_max"] = "1.4",
                ["protocol_min"] = "1.4",
                ["server_version"] = "rig",
                ["hash_function"] = "sha256",
            };
            case "blockchain.headers.subscribe":
                client.WantsHeaders = true;
                return Tip();
            case "blockchain.block.header": return _chain.Headers[Number(0)];
            case "blockchain.block.headers":
                string[] headers = [.. _chain.Headers.Skip(Number(0)).Take(Math.Min(Number(1), 2016))];
                return new JsonObject
                {
                    ["count"] = headers.Length,
                    ["hex"] = string.Concat(headers),
                    ["max"] = 2016,
                };
            case "blockchain.estimatefee": return 0.00002;
            case "blockchain.relayfee": return 0.00001;
            case "blockchain.scripthash.subscribe":
                lock (client.Scripts)
                {
                    client.Scripts.Add(Text(0));
                }

                return Status(Text(0));
            case "blockchain.scripthash.unsubscribe": return true;
            case "blockchain.scripthash.get_history": return History(Text(0), _ => true);
            case "blockchain.scripthash.get_mempool": return History(Text(0), height => height == 0);
            case "blockchain.transaction.get":
                return _chain.Raw(Text(0)) ?? throw new InvalidOperationException("no such transaction");
            case "blockchain.transaction.broadcast": return await _chain.BroadcastAsync(Text(0));
            case "blockchain.transaction.get_merkle":
                (int height, int position, string[] branch) = _chain.Prove(Text(0));
                return new JsonObject
                {
                    ["block_height"] = height,
                    ["merkle"] = new JsonArray([.. branch.Select(hash => JsonValue.Create(hash))]),
                    ["pos"] = position,
                };
            default: throw new InvalidOperationException($"unknown method {method}");
        }
    }

    private void Tell(bool hasBlocks, IReadOnlySet<string> touched)
    {
        Client[] clients;
        lock (_clients)
        {
            clients = [.. _clients];
        }

        foreach (Client client in clients)
        {
            if (hasBlocks && client.WantsHeaders)
            {
                client.Notify("blockchain.headers.subscribe", Tip());
            }

            string[] scripts;
            lock (client.Scripts)
            {
                scripts = [.. client.Scripts.Intersect(touched)];
            }

            foreach (string script in scripts)
            {
                client.Notify("blockchain.scripthash.subscribe", script, Status(script));
            }
        }
    }

    private JsonObject Tip() => new() { ["height"] = _chain.Headers.Count - 1, ["hex"] = _chain.Headers[^1] };

    private JsonArray History(string script, Func<int, bool> isWanted) => new([.. _chain.History(script)
        .Where(entry => isWanted(entry.Height))
        .Select(entry => entry.Height > 0
            ? new JsonObject { ["tx_hash"] = entry.Txid, ["height"] = entry.Height }
            : new JsonObject { ["tx_hash"] = entry.Txid, ["height"] = 0, ["fee"] = 1000 })]);

    private string? Status(string script)
    {
        string text = string.Concat(_chain.History(script).Select(entry => $"{entry.Txid}:{entry.Height}:"));
        return text.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }

    private sealed class Client(NetworkStream stream)
    {
        public NetworkStream Stream => stream;

        public bool WantsHeaders { get; set; }

        public HashSet<string> Scripts { get; } = [];

        public void Notify(string method, params JsonNode?[] parameters) => Send(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["method"] = method,
            ["params"] = new JsonArray(parameters),
        });

        public void Send(JsonNode message)
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message), (byte)'\n'];
            try
            {
                lock (stream)
                {
                    stream.Write(line);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // A client that goes.
            }
        }
    }
}
