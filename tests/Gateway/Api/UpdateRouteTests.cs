using System.Net;
using MicroFirmware.Appliance;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Signing;

namespace MicroFirmware.Gateway.Tests.Api;

public sealed class UpdateRouteTests : IAsyncLifetime
{
    private static readonly UpdateKey s_key = UpdateKey.Create();

    private readonly HttpClient _http = new();
    private RunningGateway _gateway = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _token = _gateway.Host.NewOwnerToken!.Reveal();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Update_published_is_served_in_chunks_that_make_the_image_again_after_a_restart_too()
    {
        byte[] package = PackageOf(7);
        Assert.Equal(HttpStatusCode.NoContent, await PublishAsync(package));
        await _gateway.RestartAsync();

        byte[] manifest = await GetAsync("/v1/update");
        List<byte> image = [];
        for (int chunk = 0; image.Count < package.Length - UpdateManifest.Length; chunk++)
        {
            image.AddRange(await GetAsync($"/v1/update/7/{chunk}"));
        }

        byte[] served = [.. manifest, .. image];
        Assert.Equal(package, served);
    }

    [Theory]
    [InlineData("/v1/update/6/0")]
    [InlineData("/v1/update/8/0")]
    [InlineData("/v1/update/7/5")]
    [InlineData("/v1/update/7/-1")]
    [InlineData("/v1/update/7/2000000000")]
    public async Task Chunk_that_is_not_there_is_404(string path)
    {
        await PublishAsync(PackageOf(7));

        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(path));
    }

    [Fact]
    public async Task Gateway_without_an_update_offers_none() =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf("/v1/update"));

    [Fact]
    public async Task Package_that_is_damaged_or_too_long_is_not_offered()
    {
        byte[] damaged = PackageOf(7);
        damaged[^20] ^= 1;

        Assert.Equal(HttpStatusCode.BadRequest, await PublishAsync(damaged));
        Assert.Equal(HttpStatusCode.BadRequest, await PublishAsync([]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await PublishAsync(new byte[UpdatePackage.MaxLength + 1]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf("/v1/update"));
    }

    [Fact]
    public async Task Release_must_grow_but_the_same_package_may_come_again()
    {
        byte[] package = PackageOf(7);

        Assert.Equal(HttpStatusCode.NoContent, await PublishAsync(package));
        Assert.Equal(HttpStatusCode.NoContent, await PublishAsync(package));
        Assert.Equal(HttpStatusCode.Conflict, await PublishAsync(PackageOf(7)));
        Assert.Equal(HttpStatusCode.Conflict, await PublishAsync(PackageOf(6)));
        Assert.Equal(HttpStatusCode.NoContent, await PublishAsync(PackageOf(8)));
    }

    [Fact]
    public async Task Nobody_but_the_owner_publishes()
    {
        _token = "";

        Assert.Equal(HttpStatusCode.Unauthorized, await PublishAsync(PackageOf(7)));
    }

    [Fact]
    public async Task File_that_is_damaged_stops_the_start_with_what_to_do()
    {
        await PublishAsync(PackageOf(7));
        string file = Path.Combine(Path.GetDirectoryName(_gateway.DatabasePath)!, "update.mfu");
        byte[] whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..^1]);

        ConfigurationException e = await Assert.ThrowsAsync<ConfigurationException>(_gateway.RestartAsync);

        Assert.Contains("remove it, and publish again", e.Message);
        await File.WriteAllBytesAsync(file, whole);
        await _gateway.OpenAgainAsync();
    }

    private static byte[] PackageOf(uint release) =>
        UpdatePackage.Make(s_key, _ => { }, release, "0.2.0", "stock", [new byte[3_000], [1]]);

    private async Task<byte[]> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"http://{_gateway.Host.HttpEndPoint}{path}");
        answer.EnsureSuccessStatusCode();
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        return body;
    }

    private async Task<HttpStatusCode> StatusOf(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"http://{_gateway.Host.HttpEndPoint}{path}");
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PublishAsync(byte[] package)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, $"http://{_gateway.Host.HttpEndPoint}/v1/update");
        request.Content = new ByteArrayContent(package);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
