using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Micro.Owner;

/// <summary>
/// The owner at the gateway's API. The owner token names the gateway's authority, so that the gateway proves itself
/// before it is told anything.
/// </summary>
internal sealed class OwnerClient : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly GatewayEndpoint _gateway;
    private readonly HttpClient _http;

    private OwnerClient(GatewayEndpoint gateway, AccessCode? code, X509Certificate2? authority, TimeSpan? timeout)
    {
        _gateway = gateway;
        Authority = authority;
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = Believing(authority) })
        {
            BaseAddress = gateway.Url,
            Timeout = timeout ?? s_timeout,
        };
        if (code is not null)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {code.Reveal()}");
        }
    }

    /// <summary>The gateway's authority, which is the one that the code names; null without TLS.</summary>
    public X509Certificate2? Authority { get; }

    /// <summary>Reaches the gateway and, with TLS, makes sure that it is the one that made the code.</summary>
    /// <param name="gateway">Where it is.</param>
    /// <param name="code">The owner token, or a join code.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="timeout">How long an answer may take; null for half a minute.</param>
    /// <exception cref="CommandFailure">It cannot be reached, or is another one.</exception>
    public static async Task<OwnerClient> ConnectAsync(
        GatewayEndpoint gateway, AccessCode? code, CancellationToken stop, TimeSpan? timeout = null)
    {
        if (gateway.IsPlain)
        {
            return new OwnerClient(gateway, code, null, timeout);
        }

        if (code is null)
        {
            throw new CommandFailure(ExitCode.Configuration, "the gateway's owner token is missing",
                "give --token, or MICRO_TOKEN in the environment; the gateway showed it at its first start");
        }

        X509Certificate2 authority = await FetchAuthorityAsync(gateway, stop);
        return AccessCode.PinOf(authority) == code.Pin
            ? new OwnerClient(gateway, code, authority, timeout)
            : throw new CommandFailure(ExitCode.Unreachable,
                $"what answers at {gateway.Url} is not the gateway that made this token",
                "check the address; if the gateway's authority was made anew, remove its owner.token too");
    }

    /// <summary>Sends a request with a JSON body.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="CommandFailure">The gateway refuses, with its reason, or cannot be reached.</exception>
    public async Task<JsonElement> PostAsync(string path, object? body, CancellationToken stop)
    {
        using HttpContent? content = body is null ? null : JsonContent.Create(body);
        return await SendAsync(http => http.PostAsync(path, content, stop), stop);
    }

    /// <summary>Sets something to a JSON body.</summary>
    /// <exception cref="CommandFailure">The gateway refuses, with its reason, or cannot be reached.</exception>
    public async Task SetAsync(string path, object body, CancellationToken stop)
    {
        using HttpContent content = JsonContent.Create(body);
        await SendAsync(http => http.PutAsync(path, content, stop), stop);
    }

    /// <summary>Asks for something.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="CommandFailure">The gateway refuses, with its reason, or cannot be reached.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken stop) =>
        SendAsync(http => http.GetAsync(path, stop), stop);

    /// <summary>Sends a request with a JSON body that is paid for.</summary>
    /// <param name="path">The path, which the payment names too.</param>
    /// <param name="body">The body.</param>
    /// <param name="payment">The value of <c>Authorization</c>, in place of the token.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CommandFailure">The gateway refuses, with its reason, or cannot be reached.</exception>
    public async Task<JsonElement> PayAsync(string path, object body, string payment, CancellationToken stop)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", payment);
        return await SendAsync(http => http.SendAsync(request, stop), stop);
    }

    /// <summary>Sends a request with octets.</summary>
    /// <exception cref="CommandFailure">The gateway refuses, with its reason, or cannot be reached.</exception>
    public async Task<JsonElement> PutAsync(string path, byte[] octets, CancellationToken stop)
    {
        using HttpContent content = new ByteArrayContent(octets);
        return await SendAsync(http => http.PutAsync(path, content, stop), stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        Authority?.Dispose();
    }

    private async Task<JsonElement> SendAsync(
        Func<HttpClient, Task<HttpResponseMessage>> send, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage answer = await send(_http);
            string text = await answer.Content.ReadAsStringAsync(stop);
            JsonElement json = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
            return answer.IsSuccessStatusCode ? json : throw Refused(answer.StatusCode, json);
        }
        catch (JsonException e)
        {
            throw new CommandFailure(
                ExitCode.Unreachable, $"what answers at {_gateway.Url} is no gateway", "check --gateway", e);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw Unreachable(_gateway, e);
        }
    }

    private static CommandFailure Refused(HttpStatusCode status, JsonElement problem)
    {
        string reason = Text(problem, "title") ?? status.ToString();
        string advice = Text(problem, "detail") ?? "see the gateway's log";
        ExitCode code = status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
            ? ExitCode.Unreachable
            : ExitCode.Configuration;
        return new CommandFailure(code, $"the gateway refused: {reason}", advice);
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            ? value.ToString()
            : null;

    /// <summary>
    /// Takes the authority from whoever answers: it is believed only after it was compared with the token, and nothing
    /// secret is sent here.
    /// </summary>
    private static async Task<X509Certificate2> FetchAuthorityAsync(GatewayEndpoint gateway, CancellationToken stop)
    {
        var unseen = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = unseen }) { Timeout = s_timeout };
        try
        {
            var address = new Uri(gateway.Url, "/v1/authority");
            return X509Certificate2.CreateFromPem(await http.GetStringAsync(address, stop));
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException
            or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw Unreachable(gateway, e);
        }
    }

    private static SslClientAuthenticationOptions Believing(X509Certificate2? authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (authority is not null)
        {
            policy.CustomTrustStore.Add(authority);
        }

        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static CommandFailure Unreachable(GatewayEndpoint gateway, Exception cause) =>
        cause.InnerException is AuthenticationException
            ? new CommandFailure(ExitCode.Unreachable,
                $"the gateway's certificate is not for '{gateway.Host}'",
                $"start the gateway with --Tls:Names={gateway.Host}, or use a name or address that it knows", cause)
            : new CommandFailure(ExitCode.Unreachable, $"{gateway.Url} cannot be reached: {cause.Message}",
                "is the gateway running, and does it listen there (--Http:Address=0.0.0.0 --Mqtt:Address=0.0.0.0)?",
                cause);
}
