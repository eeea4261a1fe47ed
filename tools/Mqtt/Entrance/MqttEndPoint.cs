using System.Net;
using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>An address that <see cref="MqttListenerFactory"/> listens on, and whose clients come there.</summary>
internal sealed class MqttEndPoint(IPEndPoint endPoint, Func<MqttBroker> broker)
    : IPEndPoint(endPoint.Address, endPoint.Port)
{
    /// <summary>Whose budget for connects counts.</summary>
    public MqttBroker Broker => broker();
}
