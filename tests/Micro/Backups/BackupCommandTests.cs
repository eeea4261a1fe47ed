using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests.Backups;

/// <summary>The two commands as somebody types them, on a gateway that runs.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backup-command-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Backup_of_a_running_gateway_is_restored_and_its_ledger_verifies()
    {
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port, options.Storage.DataDirectory) = (0, 0, InFolder("data"));
        using FileChainStore chain = MakeChain();
        await using (await LocalGateway.StartAsync(options, () => chain, TimeProvider.System))
        {
            Assert.Equal(ExitCode.Success,
                await RunAsync("backup", InFolder("one.backup"), "--data", InFolder("data")));
        }

        Assert.Contains("keep it as you keep a key", _output.ToString());
        Assert.Equal(ExitCode.Success, await RunAsync("restore", InFolder("one.backup"), "--data", InFolder("new")));
        Assert.Contains("the ledger is proven", _output.ToString());
        Assert.Equal(ExitCode.Success, await RunAsync("ledger", "verify", "--data", InFolder("new")));
        Assert.True(File.Exists(InFolder("new/chain.blocks")));
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Backup_without_a_gateways_directory_says_so()
    {
        Assert.Equal(ExitCode.NotProven, await RunAsync("backup", InFolder("one.backup"), "--data", _folder));
        Assert.Contains("it is no data directory", _error.ToString());
        Assert.Contains("next:  ", _error.ToString());
    }

    [Theory]
    [InlineData((int)ExitCode.NotProven, "text.txt")]
    [InlineData((int)ExitCode.Unreachable, "none.backup")]
    public async Task Restore_of_what_is_no_backup_leaves_no_data(int code, string name)
    {
        File.WriteAllText(InFolder("text.txt"), "no backup");

        Assert.Equal(code, (int)await RunAsync("restore", InFolder(name), "--data", InFolder("new")));
        Assert.StartsWith("error: ", _error.ToString());
        Assert.False(File.Exists(InFolder("new/gateway.db")));
    }

    private FileChainStore MakeChain()
    {
        Directory.CreateDirectory(InFolder("data"));
        return new FileChainStore(InFolder("data/chain.blocks"));
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private async Task<ExitCode> RunAsync(params string[] args) =>
        (ExitCode)await MicroCommandLine.RunAsync(args, new Terminal(_output, _error, false, false));
}
