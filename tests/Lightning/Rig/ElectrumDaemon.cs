using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>Debian's Electrum as a Lightning node, in a directory of its own.</summary>
internal sealed class ElectrumDaemon : IDisposable
{
    public const string Program = "/usr/bin/electrum";
    public const string User = "rig";
    public const string Password = "of-a-test";

    private readonly string _directory;
    private readonly JsonRpc _rpc;
    private Process? _process;

    private ElectrumDaemon(string directory, JsonRpc rpc) => (_directory, _rpc) = (directory, rpc);

    public Uri Address => _rpc.Address;

    /// <summary>Sends it a signal: a payee that is frozen is what an unlucky payer meets.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    public static async Task<ElectrumDaemon> CreateAsync(string directory, int serverPort)
    {
        int port = FreePort.Take();
        Directory.CreateDirectory(Path.Combine(directory, "regtest"));
        await File.WriteAllTextAsync(Path.Combine(directory, "regtest", "config"), new JsonObject
        {
            ["auto_connect"] = false,
            ["check_updates"] = false,
            ["config_version"] = 3,
            ["lightning_listen"] = $"127.0.0.1:{FreePort.Take()}",
            ["oneserver"] = true,
            ["rpcport"] = port,
            ["rpcuser"] = User,
            ["rpcpassword"] = Password,
            ["server"] = $"127.0.0.1:{serverPort}:t",
            ["use_exchange_rate"] = false,
            ["use_gossip"] = true,
        }.ToJsonString());
        ElectrumDaemon daemon = new(directory, new JsonRpc(port, User, Password));
        using (Process create = daemon.Run("--offline", "create", "--seed_type", "segwit"))
        {
            await create.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }

        await daemon.StartAsync();
        return daemon;
    }

    public async Task StartAsync()
    {
        _process = Run("daemon");
        await Patience.UntilAsync("electrum opens its wallet", async () =>
        {
            await _rpc.CallAsync("load_wallet");
            return true;
        });
    }

    public Task<JsonElement> CallAsync(string method, params (string Name, JsonNode Value)[] parameters) =>
        _rpc.SendAsync(method, new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Value))));

    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _rpc.Dispose();
    }

    private Process Run(params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", [Program, "--regtest", "-D", _directory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
