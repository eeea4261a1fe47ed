using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>bcoin on its regression test chain, and all of its blocks and payments, found by script.</summary>
internal sealed class BcoinChain : IDisposable
{
    private const string Password = "of-a-test";

    private readonly Process _process;
    private readonly JsonRpc _rpc;
    private readonly Dictionary<OutPoint, string> _outputs = [];
    private readonly Dictionary<string, Dictionary<string, int>> _history = [];
    private readonly Dictionary<string, (string Raw, int Height)> _transactions = [];
    private readonly List<string[]> _blocks = [];

    private BcoinChain(Process process, JsonRpc rpc) => (_process, _rpc) = (process, rpc);

    /// <summary>Told after every change: whether there are new blocks, and the scripts that were touched.</summary>
    public event Action<bool, IReadOnlySet<string>>? Changed;

    /// <summary>Every header in hexadecimal, by height.</summary>
    public List<string> Headers { get; } = [];

    public static string Program => Path.Combine(
        Path.GetDirectoryName(ThisFile())!, "../../Gateway/Upstreams/bcoin/node_modules/bcoin/bin/node");

    public static async Task<BcoinChain> StartAsync(string directory)
    {
        int port = FreePort.Take();
        ProcessStartInfo start = new("node",
        [
            Program, "--network", "regtest", "--memory", "true", "--workers", "false", "--listen", "false",
            "--max-outbound", "1", "--no-dns", "true", "--no-wallet", "true", "--log-file", "false", "--prefix",
            directory, "--http-host", "127.0.0.1", "--http-port", $"{port}", "--api-key", Password, "--index-tx",
            "true",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_BACKEND"] = "js";
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        BcoinChain chain = new(process, new JsonRpc(port, "x", Password));
        await Patience.UntilAsync("bcoin answers", async () =>
            (await chain._rpc.CallAsync("getblockcount")).ValueKind == JsonValueKind.Number);
        await chain.SyncAsync();
        return chain;
    }

    /// <summary>Mines blocks that pay to a witness program.</summary>
    public async Task MineAsync(int blocks, byte[] program)
    {
        await _rpc.CallAsync("generatetoaddress", blocks, Bech32.Encode("rb", 0, program));
        await SyncAsync();
    }

    public async Task<string> BroadcastAsync(string raw)
    {
        JsonElement id = await _rpc.CallAsync("sendrawtransaction", raw);
        lock (_transactions)
        {
            HashSet<string> touched = [];
            Add(Transaction.Parse(Convert.FromHexString(raw)), 0, touched);
            Changed?.Invoke(false, touched);
        }

        return id.GetString()!;
    }

    public string? Raw(string txid)
    {
        lock (_transactions)
        {
            return _transactions.TryGetValue(txid, out (string Raw, int Height) found) ? found.Raw : null;
        }
    }

    /// <summary>Transactions of a script, the oldest first, those without a block last with height 0.</summary>
    public IReadOnlyList<(string Txid, int Height)> History(string script)
    {
        lock (_transactions)
        {
            return [.. _history.GetValueOrDefault(script, []).Select(entry => (entry.Key, entry.Value))
                .OrderBy(entry => entry.Value == 0 ? int.MaxValue : entry.Value)
                .ThenBy(entry => entry.Value == 0 ? 0 : Array.IndexOf(_blocks[entry.Value], entry.Key))];
        }
    }

    /// <summary>Where a transaction stands in its block, and what proves it.</summary>
    public (int Height, int Position, string[] Branch) Prove(string txid)
    {
        lock (_transactions)
        {
            int height = _transactions[txid].Height;
            Hash256[] level = [.. _blocks[height].Select(Hash256.Parse)];
            int position = Array.IndexOf(_blocks[height], txid);
            List<string> branch = [];
            for (int at = position; level.Length > 1; at /= 2)
            {
                level = level.Length % 2 == 0 ? level : [.. level, level[^1]];
                branch.Add(level[at ^ 1].ToString());
                level = [.. level.Chunk(2).Select(pair => Sha256d.HashPair(pair[0], pair[1]))];
            }

            return (height, position, [.. branch]);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _rpc.Dispose();
    }

    private async Task SyncAsync()
    {
        int tip = (await _rpc.CallAsync("getblockcount")).GetInt32();
        List<string> fresh = [];
        for (int height = Headers.Count; height <= tip; height++)
        {
            string hash = (await _rpc.CallAsync("getblockhash", height)).GetString()!;
            fresh.Add((await _rpc.CallAsync("getblock", hash, false)).GetString()!);
        }

        lock (_transactions)
        {
            HashSet<string> touched = [];
            foreach (string raw in fresh)
            {
                Block block = Block.Parse(Convert.FromHexString(raw));
                _blocks.Add([.. block.Transactions.Select(transaction => transaction.Txid.ToString())]);
                foreach (Transaction transaction in block.Transactions)
                {
                    Add(transaction, Headers.Count, touched);
                }

                Headers.Add(raw[..(2 * BlockHeader.Size)]);
            }

            Changed?.Invoke(fresh.Count > 0, touched);
        }
    }

    private void Add(Transaction transaction, int height, HashSet<string> touched)
    {
        string id = transaction.Txid.ToString();
        HashSet<string> scripts = [.. transaction.Inputs.Select(input => _outputs.GetValueOrDefault(input.Previous))
            .OfType<string>()];
        for (int i = 0; i < transaction.Outputs.Count; i++)
        {
            string script = ScriptHash(transaction.Outputs[i].Script);
            _outputs[new OutPoint(transaction.Txid, (uint)i)] = script;
            scripts.Add(script);
        }

        _transactions[id] = (Convert.ToHexStringLower(transaction.ToOctets()), height);
        foreach (string script in scripts)
        {
            _history.TryAdd(script, []);
            _history[script][id] = height;
            touched.Add(script);
        }
    }

    /// <summary>The Electrum protocol's name of a script: SHA-256, the octets turned round.</summary>
    private static string ScriptHash(byte[] script)
    {
        byte[] hash = SHA256.HashData(script);
        Array.Reverse(hash);
        return Convert.ToHexStringLower(hash);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
