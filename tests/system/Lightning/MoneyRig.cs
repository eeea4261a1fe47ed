using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Tests.Rig;

namespace MicroFirmware.System.Tests.Lightning;

/// <summary>A gateway with virtual boards whose Lightning node is a real one, and its owner at the API.</summary>
internal sealed class MoneyRig : IAsyncDisposable
{
    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("micro-money-");

    private MoneyRig()
    {
    }

    public Rig Rig { get; private set; } = null!;

    public HttpClient Owner { get; private set; } = null!;

    /// <summary>Starts a gateway.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="configure">What else is set.</param>
    /// <param name="extension">What else is served.</param>
    public static async Task<MoneyRig> StartAsync(
        ElectrumDaemon node, Action<GatewayOptions> configure, GatewayExtension? extension = null)
    {
        MoneyRig money = new();
        string credential = Path.Combine(money._secrets.FullName, "node");
        await File.WriteAllTextAsync(credential, $"{ElectrumDaemon.User}:{ElectrumDaemon.Password}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(credential, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        money.Rig = await Rig.StartAsync(options =>
        {
            options.Payouts.Kind = "electrum";
            options.Payouts.Url = node.Address.ToString();
            options.Payouts.CredentialFile = credential;
            options.Payouts.Chain = "bcrt";
            configure(options);
        }, extension);
        money.Owner = new HttpClient { BaseAddress = new Uri($"http://{money.Rig.Gateway.HttpEndPoint}") };
        money.Owner.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", money.Rig.Gateway.NewOwnerToken!.Reveal());
        return money;
    }

    /// <summary>A node as one who pays by it sees it.</summary>
    public static ElectrumBackend BackendOf(ElectrumDaemon node) => new(
        new ElectrumOptions(node.Address, ElectrumDaemon.User, ElectrumDaemon.Password), new SocketsHttpHandler());

    /// <summary>What a node itself says that it has paid, fee included, by hash.</summary>
    public static async Task<Dictionary<string, long>> SentAsync(ElectrumDaemon node) =>
        (await node.CallAsync("lightning_history")).EnumerateArray()
        .Where(entry => entry.GetProperty("type").GetString() == "payment"
            && entry.GetProperty("amount_msat").GetDecimal() < 0)
        .ToDictionary(entry => entry.GetProperty("payment_hash").GetString()!,
            entry => -(long)entry.GetProperty("amount_msat").GetDecimal());

    public Task<JsonElement> GetAsync(string path) => Owner.GetFromJsonAsync<JsonElement>(path);

    public async Task SetTargetAsync(string account, string target)
    {
        using HttpResponseMessage answer = await Owner.PutAsJsonAsync($"/v1/accounts/{account}/target", new { target });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Rig.DisposeAsync();
        _secrets.Delete(recursive: true);
    }
}
