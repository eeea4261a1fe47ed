namespace MicroFirmware.Mqtt.Broker;

/// <summary>Why a connection ended: the label of the metric and the word in the log.</summary>
public enum CloseReason
{
    /// <summary>The client said DISCONNECT; its will is not published.</summary>
    Disconnected,

    /// <summary>The transport ended without DISCONNECT.</summary>
    ConnectionLost,

    /// <summary>The client broke the standard or a limit.</summary>
    ProtocolError,

    /// <summary>CONNECT was answered with a refusal.</summary>
    Refused,

    /// <summary>CONNECT did not come in time.</summary>
    ConnectTimeout,

    /// <summary>Nothing came for one and a half times the keep alive.</summary>
    KeepAliveTimeout,

    /// <summary>A packet was begun and not finished in time.</summary>
    PacketTimeout,

    /// <summary>The client did not read while others waited for it, or its queue was full.</summary>
    TooSlow,

    /// <summary>Another connection uses the same client id now.</summary>
    TakenOver,

    /// <summary>The client published where it may not.</summary>
    NotAuthorized,

    /// <summary>A handler could not take a publish; the client is to send it again.</summary>
    HandlerFailed,

    /// <summary>The program that hosts the broker closed it.</summary>
    ClosedByHost,

    /// <summary>The broker stops.</summary>
    Stopping,
}
