using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Puts a broker behind a Kestrel listener.</summary>
public static class MqttListenExtensions
{
    /// <summary>
    /// Serves MQTT on this listener; after <c>UseHttps</c> on the same listener, MQTT over TLS, with the client's
    /// certificate in <see cref="ConnectAttempt.Certificate"/> where the listener asks for one.
    /// </summary>
    /// <param name="listen">The listener: 1883 by custom, 8883 with TLS.</param>
    /// <param name="broker">The broker.</param>
    public static ListenOptions UseMqtt(this ListenOptions listen, MqttBroker broker)
    {
        listen.Run(broker.ServeAsync);
        return listen;
    }
}
