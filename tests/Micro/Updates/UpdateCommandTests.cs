using MicroFirmware.Appliance;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Signing;

namespace MicroFirmware.Micro.Tests.Updates;

public sealed class UpdateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-update-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Key_is_made_once_and_is_its_owners_alone()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("key", "--key", File("update.key")));
        string first = _output.ToString();
        Assert.Equal(ExitCode.Success, await RunAsync("key", "--key", File("update.key")));

        Assert.Matches("update-key=[0-9a-f]{112}", first);
        Assert.Equal(first + first, _output.ToString());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                System.IO.File.GetUnixFileMode(File("update.key")));
        }
    }

    [Fact]
    public async Task Package_is_signed_with_a_leaf_of_its_own_and_offered_by_the_gateway()
    {
        await using LocalGateway gateway = await StartAsync();
        await RunAsync("key", "--key", File("update.key"));
        System.IO.File.WriteAllBytes(File("a.pe"), new byte[5_000]);

        Assert.Equal(ExitCode.Success, await PackAsync("2"));
        Assert.Equal(ExitCode.Success, await PublishAsync(gateway));

        UpdateManifest manifest = UpdatePackage.Read(System.IO.File.ReadAllBytes(File("update.mfu")))!;
        Assert.Equal((2u, "0.2.0", "stock"), (manifest.Release, manifest.Version, manifest.Target));
        Assert.Contains("next = 1", System.IO.File.ReadAllText(File("update.key")));
        Assert.Contains("offers it", _output.ToString());
        Assert.Equal(ExitCode.Success, await PackAsync("1"));
        Assert.Equal(ExitCode.Configuration, await PublishAsync(gateway));
        Assert.Contains("the gateway refused: old-release", _error.ToString());
    }

    [Fact]
    public async Task Pack_without_key_or_assembly_says_what_makes_them()
    {
        Assert.Equal(ExitCode.Unreachable, await PackAsync("1"));
        Assert.Contains("dotnet build firmware/Device", _error.ToString());
        System.IO.File.WriteAllBytes(File("a.pe"), new byte[10]);
        Assert.Equal(ExitCode.Unreachable, await PackAsync("1"));
        Assert.Contains("micro update key --key", _error.ToString());
    }

    private Task<ExitCode> PackAsync(string release) => RunAsync(
        "pack", "--key", File("update.key"), "--release", release, "--firmware", "0.2.0",
        "--output", File("update.mfu"), File("a.pe"));

    private Task<ExitCode> PublishAsync(LocalGateway gateway) => RunAsync("publish", File("update.mfu"),
        "--token", gateway.Host.NewOwnerToken!.Reveal(),
        "--gateway", $"127.0.0.1:{gateway.Host.HttpTlsEndPoint!.Port}");

    private async Task<LocalGateway> StartAsync()
    {
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = File("data");
        return await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System);
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private async Task<ExitCode> RunAsync(params string[] args) => (ExitCode)await MicroCommandLine.RunAsync(
        ["update", .. args], new Terminal(_output, _error, false, false));
}
