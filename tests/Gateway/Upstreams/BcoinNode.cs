using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>A real node, bcoin on its regression test chain, alone on loopback and gone with the test.</summary>
internal sealed class BcoinNode : IDisposable
{
    /// <summary>Pays to whoever shows the script <c>OP_TRUE</c>: spent with a witness, without a signature.</summary>
    public static readonly byte[] AnyonesScript =
        [0, 32, .. SHA256.HashData([0x51])];

    private const string Password = "of-a-test";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TemporaryDirectory _directory;
    private readonly NodeClient _client;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = [];
    private volatile string _lastError = "";

    private BcoinNode(Process process, TemporaryDirectory directory, NodeOptions options)
    {
        (_process, _directory, Options) = (process, directory, options);
        _client = new NodeClient(options, new SocketsHttpHandler(), TimeProvider.System);
        _process.OutputDataReceived += (_, line) => Hear(line.Data ?? "");
    }

    public NodeOptions Options { get; }

    /// <summary>Where npm puts it.</summary>
    public static string Program => Path.Combine(Folder, "node_modules", "bcoin", "bin", "node");

    private static string Folder => Path.Combine(Path.GetDirectoryName(ThisFile())!, "bcoin");

    public static async Task<BcoinNode> StartAsync()
    {
        if (!File.Exists(Program))
        {
            using Process npm = Run("npm", ["ci", "--no-audit", "--no-fund"]);
            await npm.WaitForExitAsync().WaitAsync(s_patience);
        }

        int port = FreePort();
        TemporaryDirectory directory = new();
        Process process = Run("node",
        [
            Program, "--network", "regtest", "--memory", "true", "--workers", "false", "--listen", "false",
            "--max-outbound", "1", "--no-dns", "true", "--no-wallet", "true", "--log-file", "false", "--log-level",
            "debug", "--prefix", directory.Path, "--http-host", "127.0.0.1", "--http-port", $"{port}", "--api-key",
            Password,
        ]);
        BcoinNode node = new(process, directory,
            new NodeOptions { Url = new Uri($"http://127.0.0.1:{port}"), User = "x", Password = Password });
        Task loaded = node.SaysAsync("Node is loaded");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await loaded;
        return node;
    }

    public async Task<JsonElement> CallAsync(string method, params JsonNode[] parameters)
    {
        NodeAnswer answer = await _client.CallAsync(method, [.. parameters], CancellationToken.None);
        Assert.True(answer.Good, answer.Problem);
        return answer.Result;
    }

    /// <summary>Lets the node itself mine blocks that pay to <see cref="AnyonesScript"/>.</summary>
    public async Task GenerateAsync(int blocks)
    {
        string address = Bech32.Encode("rb", 0, AnyonesScript.AsSpan(2));
        await CallAsync("generatetoaddress", blocks, address);
    }

    /// <summary>bcoin keeps a template until the next block, and makes one for a long-poll that nobody waits for any
    /// more: the first block answers that, the second one leaves no template.</summary>
    public async Task ForgetTemplateAsync()
    {
        await GenerateAsync(1);
        await GenerateAsync(1);
    }

    /// <summary>The coinbase of a block, as an output to spend.</summary>
    public async Task<OutPoint> CoinbaseAsync(int height)
    {
        string hash = (await CallAsync("getblockhash", height)).GetString()!;
        JsonElement block = await CallAsync("getblock", hash, true);
        return new OutPoint(Hash256.Parse(block.GetProperty("tx")[0].GetString()!), 0);
    }

    /// <summary>Sends a transaction and waits until the node has taken it: its answer comes before that.</summary>
    public async Task SendAsync(Transaction transaction)
    {
        Task taken = SaysAsync($"Added {transaction.Txid} to mempool");
        await CallAsync("sendrawtransaction", Convert.ToHexStringLower(transaction.ToOctets()));
        await taken;
    }

    public async Task<string> BestBlockAsync() => (await CallAsync("getbestblockhash")).GetString()!;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _directory.Dispose();
    }

    private async Task SaysAsync(string text)
    {
        Task said = _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        try
        {
            await said.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"bcoin never said '{text}'; its last error: {_lastError}");
        }
    }

    private void Hear(string line)
    {
        if (line.StartsWith("[error]", StringComparison.Ordinal))
        {
            _lastError = line;
        }

        foreach ((string text, TaskCompletionSource said) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal) && _awaited.TryRemove(text, out _))
            {
                said.SetResult();
            }
        }
    }

    private static Process Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_BACKEND"] = "js";
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
