using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MicroFirmware.Gateway.Broker;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Tests;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Broker;

/// <summary>Who needs a certificate beside the key. (The test's certificate is board-1's.)</summary>
public sealed class BoardAuthorityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestStore _store;

    public BoardAuthorityTests() => _store = new TestStore(_directory.File("gateway.db"));

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("board-1", "192.0.2.1", true, ConnectReturnCode.Accepted)]
    [InlineData("board-2", "192.0.2.1", true, ConnectReturnCode.NotAuthorized)]
    [InlineData("board-2", "127.0.0.1", true, ConnectReturnCode.NotAuthorized)]
    [InlineData("board-1", "192.0.2.1", false, ConnectReturnCode.NotAuthorized)]
    [InlineData("board-1", "127.0.0.1", false, ConnectReturnCode.Accepted)]
    [InlineData("board-1", "::1", false, ConnectReturnCode.Accepted)]
    public async Task Certificate_where_one_is_asked_for_is_the_boards_own(
        string id, string address, bool hasCertificate, ConnectReturnCode expected)
    {
        ConnectDecision decision = await AuthenticateAsync(id, address, hasCertificate, "boards.pem");

        Assert.Equal(expected, decision.Code);
    }

    [Fact]
    public async Task Certificate_where_none_is_asked_for_is_not_missed()
    {
        ConnectDecision decision = await AuthenticateAsync("board-1", "192.0.2.1", false, authorityFile: "");

        Assert.Equal(ConnectReturnCode.Accepted, decision.Code);
    }

    private async Task<ConnectDecision> AuthenticateAsync(
        string id, string address, bool hasCertificate, string authorityFile)
    {
        await _store.EnrolAsync(id);
        GatewayOptions options = new();
        options.Mqtt.ClientAuthorityFile = authorityFile;
        BoardAuthority authority = new(_store.Gatekeeper, _store.Registry, options.Mqtt, options.HomeAssistant);
        X509Certificate2? certificate = hasCertificate ? TestCertificates.Client : null;
        byte[] password = Encoding.ASCII.GetBytes(Credential.ForMqtt(id, 1, TestStore.Key).ToMqttPassword());
        ConnectAttempt attempt = new(id, id, password, new IPEndPoint(IPAddress.Parse(address), 1), certificate);
        return await authority.AuthenticateAsync(attempt, CancellationToken.None);
    }
}
