using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>One change; <see cref="SessionChangeKind"/> says which fields count.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="ClientId">Whose session it is.</param>
/// <param name="Number">A message's number in its session, or a packet id.</param>
/// <param name="Text">A topic or filter.</param>
/// <param name="Payload">A message's octets; they do not change.</param>
/// <param name="QoS">A message's or a subscription's quality.</param>
public readonly record struct SessionChange(
    SessionChangeKind Kind,
    string ClientId = "",
    long Number = 0,
    string Text = "",
    ReadOnlyMemory<byte> Payload = default,
    QualityOfService QoS = QualityOfService.AtMostOnce);
