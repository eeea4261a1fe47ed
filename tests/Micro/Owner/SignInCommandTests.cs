using System.Net;
using System.Net.Http.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>
/// The owner's way in, whatever was forgotten: a link made in the data directory of a running gateway.
/// </summary>
public sealed class SignInCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-sign-in-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Link_lets_the_owner_in_once_and_again_with_another_password()
    {
        await using LocalGateway gateway = await StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, await WelcomeAsync(gateway, gateway.Host.WelcomePath!, "first phrase"));
        string path = await MakeLinkAsync();

        Assert.Equal(HttpStatusCode.NoContent, await WelcomeAsync(gateway, path, "second phrase"));
        Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(gateway, path, "third phrase"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(gateway, "first phrase"));
        Assert.Equal(HttpStatusCode.NoContent, await SignInAsync(gateway, "second phrase"));
    }

    [Fact]
    public async Task Link_takes_the_place_of_the_one_before()
    {
        await using LocalGateway gateway = await StartAsync();
        await MakeLinkAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await WelcomeAsync(gateway, gateway.Host.WelcomePath!, "first phrase"));
    }

    [Fact]
    public async Task Folder_without_a_gateway_is_said_with_what_to_do()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync(Path.Combine(_folder.FullName, "elsewhere")));

        Assert.Contains("no gateway has its data in", _error.ToString());
    }

    private async Task<LocalGateway> StartAsync()
    {
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _folder.FullName;
        return await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System);
    }

    private async Task<string> MakeLinkAsync()
    {
        Assert.Equal(ExitCode.Success, await RunAsync(_folder.FullName));
        Uri link = new(_output.ToString().Split('\n')[0].Trim());
        return link.AbsolutePath;
    }

    private async Task<ExitCode> RunAsync(string folder) => (ExitCode)await MicroCommandLine.RunAsync(
        ["sign-in", $"--Storage:DataDirectory={folder}"], new Terminal(_output, _error, false, false));

    private static Task<HttpStatusCode> WelcomeAsync(LocalGateway gateway, string path, string password) =>
        PostAsync(gateway, "/v1/welcome", new { code = path.Split('/')[^1], name = "maria", password });

    private static Task<HttpStatusCode> SignInAsync(LocalGateway gateway, string password) =>
        PostAsync(gateway, "/v1/session", new { name = "maria", password });

    private static async Task<HttpStatusCode> PostAsync(LocalGateway gateway, string path, object body)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{gateway.Host.HttpEndPoint}") };
        using HttpResponseMessage answer = await http.PostAsJsonAsync(path, body);
        return answer.StatusCode;
    }
}
