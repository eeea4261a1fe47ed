using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Client;

/// <summary>A connection to a broker could not be made, or has ended.</summary>
public sealed class MqttException : IOException
{
    /// <summary>The connection failed.</summary>
    public MqttException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The server refused the connection.</summary>
    public MqttException(ConnectReturnCode code)
        : base($"The broker refused the connection: {code}.") => ReturnCode = code;

    /// <summary>Why the server refused, or null if it did not.</summary>
    public ConnectReturnCode? ReturnCode { get; }
}
