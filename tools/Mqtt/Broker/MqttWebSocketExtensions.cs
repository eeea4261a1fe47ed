using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Serves MQTT over WebSockets, for browsers (MQTT 3.1.1 §6).</summary>
public static class MqttWebSocketExtensions
{
    /// <summary>The WebSocket sub-protocol that clients must offer and the broker chooses.</summary>
    public const string SubProtocol = "mqtt";

    /// <summary>Serves MQTT at a path; the application must have <c>UseWebSockets</c> before it.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The path, by custom <c>/mqtt</c>.</param>
    /// <param name="broker">The broker.</param>
    public static IEndpointConventionBuilder MapMqtt(
        this IEndpointRouteBuilder endpoints, string pattern, MqttBroker broker) =>
        endpoints.Map(pattern, http => ServeAsync(http, broker)).ExcludeFromDescription();

    private static async Task ServeAsync(HttpContext http, MqttBroker broker)
    {
        if (!http.WebSockets.IsWebSocketRequest
            || !http.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol))
        {
            http.Response.StatusCode = (int)HttpStatusCode.BadRequest;
            await http.Response.WriteAsync("Connect here with a WebSocket that offers the sub-protocol 'mqtt'.\n");
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(SubProtocol);
        await using var connection = new WebSocketConnection(http, socket);
        await connection.ServeAsync(broker);
    }
}
