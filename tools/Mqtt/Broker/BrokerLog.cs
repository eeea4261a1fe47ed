using System.Net;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// What the broker logs. What clients can cause is limited to a number of lines a second for each kind, so that a bad
/// one cannot fill a disk; how many were left out is said with the next line.
/// </summary>
internal sealed partial class BrokerLog(ILogger logger, TimeProvider time)
{
    private const int LinesPerSecond = 10;

    private readonly LogBudget _refused = new(LinesPerSecond, time);
    private readonly LogBudget _malformed = new(LinesPerSecond, time);
    private readonly LogBudget _closed = new(LinesPerSecond, time);
    private readonly LogBudget _forbidden = new(LinesPerSecond, time);
    private readonly LogBudget _failed = new(LinesPerSecond, time);

    public void Refused(string clientId, EndPoint? from, ConnectReturnCode code)
    {
        if (_refused.TryTake(out int leftOut))
        {
            WriteRefused(Printable(clientId), from, code, leftOut);
        }
    }

    public void Malformed(string? clientId, EndPoint? from, ProtocolError error)
    {
        if (_malformed.TryTake(out int leftOut))
        {
            WriteMalformed(Printable(clientId), from, error, leftOut);
        }
    }

    public void Closed(string? clientId, EndPoint? from, CloseReason reason)
    {
        if (_closed.TryTake(out int leftOut))
        {
            WriteClosed(Printable(clientId), from, reason, leftOut);
        }
    }

    public void Forbidden(string clientId, string topic)
    {
        if (_forbidden.TryTake(out int leftOut))
        {
            WriteForbidden(Printable(clientId), Printable(topic), leftOut);
        }
    }

    public void HandlerFailed(string clientId, string topic, Exception e)
    {
        if (_failed.TryTake(out int leftOut))
        {
            WriteHandlerFailed(Printable(clientId), Printable(topic), leftOut, e);
        }
    }

    public void Failed(string? clientId, Exception e)
    {
        if (_failed.TryTake(out int leftOut))
        {
            WriteFailed(Printable(clientId), leftOut, e);
        }
    }

    /// <summary>A stranger's text with nothing in it that could forge a line or move a terminal's cursor.</summary>
    private static string Printable(string? text) =>
        text is null ? "-" : string.Create(text.Length, text, (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });

    [LoggerMessage(1, LogLevel.Warning, "MQTT client {ClientId} from {From} refused: {Code} ({LeftOut} left out)")]
    private partial void WriteRefused(string clientId, EndPoint? from, ConnectReturnCode code, int leftOut);

    [LoggerMessage(2, LogLevel.Warning, "MQTT client {ClientId} from {From} sent {Error} ({LeftOut} left out)")]
    private partial void WriteMalformed(string clientId, EndPoint? from, ProtocolError error, int leftOut);

    [LoggerMessage(3, LogLevel.Debug, "MQTT client {ClientId} from {From} ended: {Reason} ({LeftOut} left out)")]
    private partial void WriteClosed(string clientId, EndPoint? from, CloseReason reason, int leftOut);

    [LoggerMessage(4, LogLevel.Warning, "MQTT client {ClientId} may not publish to {Topic} ({LeftOut} left out)")]
    private partial void WriteForbidden(string clientId, string topic, int leftOut);

    [LoggerMessage(5, LogLevel.Error, "Taking {Topic} of MQTT client {ClientId} failed ({LeftOut} left out)")]
    private partial void WriteHandlerFailed(string clientId, string topic, int leftOut, Exception e);

    [LoggerMessage(6, LogLevel.Error, "The connection of MQTT client {ClientId} failed ({LeftOut} left out)")]
    private partial void WriteFailed(string clientId, int leftOut, Exception e);
}
